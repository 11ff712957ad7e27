"""What can be done with a case now, what stands against it, and doing it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import Router
from orjson import Fragment

from yilian.kernel import rows
from yilian.kernel.api.body import NOTE_LENGTH, Part, idempotency_key, if_match, members
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.once import once
from yilian.kernel.api.operations.cases import known
from yilian.kernel.api.problems import cited, described, not_found
from yilian.kernel.api.questions import step_schema
from yilian.kernel.api.reply import ROOT, encode, etag, reply
from yilian.kernel.api.shapes import brief
from yilian.kernel.api.taking import taken
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.flow import Step
from yilian.kernel.workflow.gate import StepState, open_steps
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.storing import read_sides

router = Router()
TAKING = (Part("answers", dict), Part("note", str, NOTE_LENGTH), Part("version", int))
_asked: dict[tuple[str, str, str], Fragment] = {}


@router.get("/{kind}/{uuid:case_id}/steps", include_in_schema=False)
def steps(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Return the steps of the present state: what each asks, and every reason against it."""
    case_type = known(kind)
    case = visible(case_type, case_id)
    items = [_shown(case_type, case, state) for state in open_steps(case, request.actor)]
    return reply({"case": brief(case), "items": items}, headers={"ETag": etag(case.version)})


@router.post("/{kind}/{uuid:case_id}/steps/{verb}", include_in_schema=False)
def take(request: ApiRequest, kind: str, case_id: UUID, verb: str) -> HttpResponse:
    """Take a step; the version comes in If-Match or in the body."""
    case_type = known(kind)
    given = members(request, TAKING)
    seen = if_match(request)
    version = given.get("version") if seen is None else seen
    unread = case_type.model(pk=case_id, kind=kind)  # the engine reads it again under its lock

    def step() -> Case:
        note = given.get("note", "")
        return taken(unread, verb, given.get("answers", {}), by=request.actor, note=note, version=version)

    case, replayed = once(request, idempotency_key(request), step)
    return reply(brief(case), headers={"ETag": etag(case.version)} | replayed)


def visible(case_type: CaseType, case_id: UUID) -> Case:
    """Return a case that row security shows; raises ApiProblem (404)."""
    case = rows.read(case_type.model, case_id)
    if case is None:
        raise not_found()
    read_sides(case)
    return case


def _shown(case_type: CaseType, case: Case, state: StepState) -> dict[str, Any]:
    step = state.step
    return {
        "verb": step.verb,
        "title": str(step.title),
        "help": str(step.help),
        "confirm": str(step.confirm),
        "style": step.style,
        "target": step.target_from(case.state),
        "is_open": state.is_open,
        "is_mine": state.is_mine,
        "is_duty": step.duty,
        "citation": cited(step.cite) if step.cite else None,
        "reasons": [described(reason) for reason in state.reasons],
        "asks": _asks(case_type, step),
        "url": f"{ROOT}/cases/{case_type.key}/{case.pk}/steps/{step.verb}",
    }


def _asks(case_type: CaseType, step: Step) -> Fragment:
    """Return the questions as JSON, made once for each language."""
    key = (case_type.key, step.verb, get_language() or "")
    if key not in _asked:
        _asked[key] = Fragment(encode(step_schema(step)))
    return _asked[key]
