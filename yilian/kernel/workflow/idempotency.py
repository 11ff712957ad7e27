"""Idempotency keys: a repeated write answers as the first did and writes nothing."""

from django.db import connection
from django.utils.translation import gettext as _

from yilian.kernel import clock, rows, sealing
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case, IdempotencyKey
from yilian.kernel.workflow.refusals import KeyReused, Reason

KNOWN = """
select k.request_digest, k.case_id, c.kind, c.number from workflow_idempotencykey k join case_file c on c.id = k.case_id
where k.institution_id = %s and k.key = %s
"""


def fingerprint(request: bytes) -> bytes:
    """Return what tells a request from another and, without the key of the installation, nothing about it.

    A plain digest would give away short answers, such as a secret ballot: there are three to try.
    """
    return sealing.digest(request.decode("latin-1"), context="request")


def replay(by: Actor, key: str, digest: bytes) -> Case | None:
    """Return the case as the first call with this key left it, or None if the key is new.

    Raises KeyReused when the key belonged to another request.
    """
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [by.institution_id, key])
        known = cursor.fetchone()
    if known is None:
        return None
    before, case_id, kind, number = known
    if bytes(before) != digest:
        raise KeyReused([Reason("key", _("此 Idempotency-Key 已用于另一请求，请换一个新的键。"))], number)
    return case_types[kind].model._default_manager.get(pk=case_id)


def remember(by: Actor, key: str, digest: bytes, case: Case) -> None:
    """Keep the key with its request; a second writer at the same time fails on the constraint and may ask again."""
    rows.insert(
        IdempotencyKey(
            institution_id=by.institution_id,
            key=key,
            request_digest=digest,
            case_id=case.pk,
            version=case.version,
            at=clock.now(),
        )
    )
