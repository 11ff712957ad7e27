"""The look-up of agreements, for cases of other domains that name one."""

from typing import Any
from uuid import UUID

from yilian.domains.agreement.models import Agreement, AgreementState
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.lookups import Found, Lookup, lookups

MOST = 20
UNSIGNED = (AgreementState.DRAFT, AgreementState.NEGOTIATING, AgreementState.SIGNING, AgreementState.WITHDRAWN)


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return signed agreements that the reader sees, of the consortium that the form names, the newest first."""
    rows = Agreement.objects.exclude(state__in=UNSIGNED).filter(title__icontains=text.strip())
    if (consortium := context.get("consortium", "")).isdecimal():
        rows = rows.filter(consortium_id=int(consortium))
    return [_found(row) for row in rows.order_by("-pk")[:MOST]]


def _found(row: Agreement) -> Found:
    return Found(row.pk, f"{row.number} {row.subject}", f"{row.begins_on} — {row.ends_on}")


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    try:
        key = value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None
    row = Agreement.objects.exclude(state__in=UNSIGNED).filter(pk=key).first()
    return _found(row) if row else None


lookups.add(Lookup("agreement", _search, _resolve))
