"""催办 at the interface: what was urged on a case, and urging."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from yilian.kernel.api.body import Part, members
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.operations.cases import known
from yilian.kernel.api.operations.steps import visible
from yilian.kernel.api.reply import reply
from yilian.kernel.notices.models import CaseUrge
from yilian.kernel.notices.urging import LONGEST_NOTE, urge

router = Router()
URGE = (Part("note", str, LONGEST_NOTE),)


@router.get("/{kind}/{uuid:case_id}/urges", include_in_schema=False)
def urges(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Return who urged whom on a case, the newest first."""
    return reply({"items": [_shape(row) for row in visible(known(kind), case_id).urges.all()]})


@router.post("/{kind}/{uuid:case_id}/urges", include_in_schema=False)
def ask_for_haste(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Urge the others whose turn it is."""
    note = members(request, URGE).get("note", "")
    case = visible(known(kind), case_id)
    return reply(_shape(urge(case, by=request.actor, note=note)), status=201)


def _shape(row: CaseUrge) -> dict[str, Any]:
    return {
        "id": row.pk,
        "at": row.at,
        "by": {"id": row.by_id, "name": row.by_name},
        "institution": {"id": row.institution_id, "name": row.institution_name},
        "told": row.told,
        "note": row.note,
        "escalated_at": row.escalated_at,
    }
