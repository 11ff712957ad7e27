"""Cases of every type: list, open, read."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from yilian.kernel import audit
from yilian.kernel.api.body import NOTE_LENGTH, Part, idempotency_key, members, query
from yilian.kernel.api.document.case_types import case_type_shape
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.narrowing import address, filter_of, list_asks
from yilian.kernel.api.once import once
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.reply import ROOT, etag, reply
from yilian.kernel.api.shapes import brief, full, listed
from yilian.kernel.api.taking import taken
from yilian.kernel.workflow import engine, queries
from yilian.kernel.workflow.case_type import CaseType, case_types
from yilian.kernel.workflow.concealing import conceal_row, keep_to_sides
from yilian.kernel.workflow.models import Case

router = Router()
OPENING = (
    Part("answers", dict),
    Part("then", str, 40),
    Part("then_answers", dict),
    Part("note", str, NOTE_LENGTH),
)


@router.get("", include_in_schema=False)
def types(request: ApiRequest) -> HttpResponse:
    """Return every case type with its states, sides, steps and form."""
    return reply({"items": [case_type_shape(case_type, request.actor) for case_type in case_types]})


@router.get("/{kind}", include_in_schema=False)
def newest(request: ApiRequest, kind: str) -> HttpResponse:
    """Return the cases of a type that the institution takes part in, newest first."""
    case_type = known(kind)
    given = query(request, list_asks(kind), request.actor)
    narrow = filter_of(case_type, given)
    rows = queries.newest(case_type, request.actor, narrow)
    wanted, forwards = narrow.limit - 1, narrow.after is None
    more, rows = len(rows) > wanted, rows[:wanted] if forwards else rows[-wanted:]
    turn = {"before": str(rows[-1]["id"])} if forwards and more else {"after": str(rows[0]["id"])} if more else {}
    if narrow.patient_id or narrow.number:
        found = {"number": narrow.number, "patient": str(narrow.patient_id or ""), "found": len(rows)}
        audit.record(request.actor, "searched", object_kind=kind, detail=found)
    return reply(
        {"items": [listed(case_type, row) for row in rows], "next": address(request, **turn) if more else None}
    )


@router.post("/{kind}", include_in_schema=False)
def open_one(request: ApiRequest, kind: str) -> HttpResponse:
    """Open a case as a draft and, with `then`, take its first step in the same transaction."""
    case_type = known(kind)
    given = members(request, OPENING)
    case, replayed = once(request, idempotency_key(request), lambda: _opened(case_type, given, request))
    headers = {"Location": f"{ROOT}/cases/{kind}/{case.pk}", "ETag": etag(case.version)} | replayed
    return reply(brief(case), status=201, headers=headers)


@router.get("/{kind}/{uuid:case_id}", include_in_schema=False)
def read(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Return a case with its answers and parties."""
    case_type = known(kind)
    row = queries.one(case_type, case_id)
    if row is None:
        raise not_found()
    audit.record(request.actor, "viewed", object_kind=kind, object_id=case_id)
    conceal_row(case_type, row)
    parties = queries.party_names([case_id])[case_id]
    here = [case_type.side_of_code(code).key for code, place, _name in parties if place == request.actor.institution_id]
    keep_to_sides(case_type, row, here)
    shown = full(case_type, row)
    shown["parties"] = [_party(case_type, party) for party in parties]
    return reply(shown, headers={"ETag": etag(row["version"])})


def known(kind: str) -> CaseType:
    """Return a case type; raises ApiProblem (404)."""
    case_type = case_types.get(kind)
    if case_type is None:
        raise not_found()
    return case_type


def _opened(case_type: CaseType, given: dict[str, Any], request: ApiRequest) -> Case:
    first: list[Case] = []
    verb, answers, note = given.get("then", ""), given.get("then_answers", {}), given.get("note", "")
    starts = [step.verb for step in case_type.flow.steps_from(case_type.flow.start)]
    if verb and verb not in starts:
        raise refuse("invalid", _("then 应为下列步骤之一：{verbs}").format(verbs=_("、").join(starts)), field="then")
    case = engine.open_case(
        case_type.key,
        by=request.actor,
        answers=given.get("answers"),
        then=(lambda case: first.append(taken(case, verb, answers, note=note, by=request.actor))) if verb else None,
    )
    return first[0] if first else case


def _party(case_type: CaseType, party: tuple[int, int, str]) -> dict[str, Any]:
    code, institution_id, name = party
    side = case_type.side_of_code(code)
    return {
        "side": side.key,
        "side_title": str(side.title),
        "is_oversight": side.is_oversight,
        "institution": {"id": institution_id, "name": name},
    }
