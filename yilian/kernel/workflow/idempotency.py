"""Idempotency keys: a repeated write answers as the first did and writes nothing."""

from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case, IdempotencyKey
from yilian.kernel.workflow.refusals import KeyReused, Reason


def replay(by: Actor, key: str, digest: bytes) -> Case | None:
    """Return the case as the first call with this key left it, or None if the key is new.

    Raises KeyReused when the key belonged to another request.
    """
    known = IdempotencyKey.objects.filter(institution_id=by.institution_id, key=key).first()
    if known is None:
        return None
    if bytes(known.request_digest) != digest:
        raise KeyReused([Reason("key", _("此 Idempotency-Key 已用于另一请求，请换一个新的键。"))])
    kind = Case.objects.values_list("kind", flat=True).get(pk=known.case_id)
    from yilian.kernel.workflow.case_type import case_types

    return case_types[kind].model._default_manager.get(pk=known.case_id)


def remember(by: Actor, key: str, digest: bytes, case: Case) -> None:
    """Keep the key with its request; a second writer at the same time fails on the constraint and may ask again."""
    IdempotencyKey.objects.create(
        institution_id=by.institution_id,
        key=key,
        request_digest=digest,
        case=case,
        version=case.version,
        at=clock.now(),
    )
