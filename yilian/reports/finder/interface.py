"""The finder in the JSON interface: who waits, where one could go, and what a doctor decides."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.inpatient import api as inpatient
from yilian.kernel.api.body import members, query
from yilian.kernel.api.document.components import NUMBER, TEXT, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.questions import answers_schema
from yilian.kernel.api.reply import reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.workflow.answers import clean
from yilian.kernel.workflow.flow import Ask
from yilian.reports.finder.actions import draft
from yilian.reports.finder.indications import judged
from yilian.reports.finder.pages import lines_of
from yilian.reports.finder.suggesting import ALL, Finder, Place

router = Router()
LIST = (Ask("limit", _("条数"), "int", required=False, minimum=1, maximum=200, initial=50),)
DECISION = (
    Ask("decision", _("决定"), "choice",
        choices=(("draft", _("拟下转")), ("unfit", _("暂不适合")), ("later", _("以后再看")))),
    Ask("version", _("版本"), "int", minimum=1),
    Ask("place", _("接续机构"), "institution", required=False),
    Ask("reason", _("原因"), "reason", source=inpatient.UNFIT, required=False),
    Ask("until_on", _("到何时再看"), "date", required=False),
    Ask("note", _("说明"), required=False, max_length=500),
)  # fmt: skip
MARKS = (
    Ask("met", _("符合的下转指征"), "picks", source="indication", required=False),
    Ask("unmet", _("不符合的下转指征"), "picks", source="indication", required=False),
)
WRITTEN = ("not-yours", "not-found", "invalid", "too-large", "unsupported-media-type")


@router.get("", openapi_extra=described(
    _("可下转患者"), tag="finder", answer="Returns", query=LIST, problems=("not-yours", "invalid"),
))  # fmt: skip
def find_returns(request: ApiRequest) -> HttpResponse:
    """Return patients here whom somebody holds fit to go down, the longest first, each with the first place."""
    _insist(request, inpatient.READERS)
    most = query(request, LIST, request.actor).get("limit") or 50
    stays = inpatient.fit_stays(request.actor.institution_id, most=most)
    return reply({"items": [_line(line) for line in lines_of(Finder(request.actor), stays)]})


@router.get("/{uuid:stay_id}", openapi_extra=described(
    _("可接续的机构"), tag="finder", answer="Return", problems=("not-yours", "not-found"),
))  # fmt: skip
def read_return(request: ApiRequest, stay_id: UUID) -> HttpResponse:
    """Return one patient with what is met and what is unknown, and all places that fit."""
    stay = _stay(request, stay_id)
    _insist(request, inpatient.READERS)
    return reply(_whole(request, stay))


@router.post("/{uuid:stay_id}/marks", openapi_extra=described(
    _("判断下转指征"), tag="finder", answer="Return", body="NewMarks", problems=WRITTEN,
))  # fmt: skip
def mark_indications(request: ApiRequest, stay_id: UUID) -> HttpResponse:
    """Write down a doctor's word on indications; those not named stay as they are."""
    stay = _stay(request, stay_id)
    _insist(request, inpatient.DECIDERS)
    given = clean(MARKS, members(request), request.actor)
    words = {row.id: row.condition for row in judged(request.actor.institution_id, stay)}
    met, unmet = ({key: words[key] for key in given.get(name) or [] if key in words} for name in ("met", "unmet"))
    inpatient.say(stay_id, met, unmet, by=request.actor)
    return reply(_whole(request, _stay(request, stay_id)))


@router.post("/{uuid:stay_id}/decision", openapi_extra=described(
    _("判断是否下转"), tag="finder", answer="Decided", status=201, body="NewDecision",
    problems=(*WRITTEN, "stale-version"),
))  # fmt: skip
def decide(request: ApiRequest, stay_id: UUID) -> HttpResponse:
    """Draft the referral down, hold the patient unfit with a reason, or put it off; `version` is the one that was read.

    A draft answers with the case, in which the rest is filled in and sent.
    """
    _stay(request, stay_id)
    _insist(request, inpatient.DECIDERS)
    given = clean(DECISION, members(request), request.actor).values()
    seen, note, case = given["version"], given.get("note") or "", None
    if given["decision"] == "draft":
        case = draft(stay_id, given.get("place"), seen=seen, by=request.actor)
    elif given["decision"] == "unfit":
        inpatient.hold_unfit(stay_id, reason=given.get("reason") or "", note=note, seen=seen, by=request.actor)
    else:
        inpatient.look_later(stay_id, until_on=given.get("until_on"), note=note, seen=seen, by=request.actor)
    return reply({"case": str(case.pk) if case else None, "number": case.number if case else None}, status=201)


def _stay(request: ApiRequest, stay_id: UUID) -> dict[str, Any]:
    found = inpatient.read_stay(stay_id, request.actor.institution_id)
    if found is None:
        raise not_found()
    return found


def _insist(request: ApiRequest, roles: tuple[str, ...]) -> None:
    if not request.actor.may(*roles):
        raise refuse("not-yours", gettext("下转由本机构的医师判断。请切换岗位或联系本机构管理员。"))


def _line(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(line["id"]), "admission_number": line["number"], "patient": str(line["patient"]),
        "fit_since": line["fit_since"], "days_fit": line["days_fit"], "version": line["version"],
        "met": line["met"], "places": [_place(place) for place in line["places"]],
    }  # fmt: skip


def _whole(request: ApiRequest, stay: dict[str, Any]) -> dict[str, Any]:
    found = Finder(request.actor).find([stay["id"]], most=ALL, medicines=stay["medicines"]) if stay["is_here"] else {}
    rows = judged(request.actor.institution_id, stay)
    line = stay | {"met": [row.condition for row in rows if row.is_met], "places": found.get(stay["id"], [])}
    return _line(line) | {
        "indications": [{"id": row.id, "condition": row.condition, "is_met": row.is_met} for row in rows],
        "case": stay["case"] or None,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "institution": place.institution_id, "name": place.name, "service": place.service_id,
        "why": [{"text": why.text, "holds": why.holds} for why in place.whys],
    }  # fmt: skip


def _schemas() -> dict[str, Any]:
    no_date, nothing = {"type": ["string", "null"], "format": "date"}, {"type": ["string", "null"]}
    unknown = {"type": ["boolean", "null"]}
    place = record(institution=NUMBER, name=TEXT, service=NUMBER, why=several(record(text=TEXT, holds=unknown)))
    line = {
        "id": TEXT, "admission_number": TEXT, "patient": TEXT, "fit_since": no_date,
        "days_fit": {"type": ["integer", "null"]}, "version": NUMBER, "met": several(TEXT),
        "places": several(ref("ReturnPlace")),
    }  # fmt: skip
    judgement = record(id=NUMBER, condition=TEXT, is_met=unknown)
    return {
        "Returns": record(items=several(ref("ReturnLine"))),
        "ReturnLine": record(**line),
        "ReturnPlace": place,
        "Return": record(**line, indications=several(judgement), case=nothing),
        "NewMarks": answers_schema(MARKS, partial=False),
        "NewDecision": answers_schema(DECISION, partial=False),
        "Decided": record(case=nothing, number=nothing),
    }


api_parts.add(ApiPart("finder", _("可下转患者"), router, _schemas))
