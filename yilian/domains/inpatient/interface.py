"""In-patients in the JSON interface: reporting them, all of a call or none, and reading those of one's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.inpatient.models import Source, Stay
from yilian.domains.inpatient.naming import indications_in
from yilian.domains.inpatient.reporting import LIMITS, READERS, REPORTERS, Said, report_stay
from yilian.domains.inpatient.sheet import PERSON, SAID, words
from yilian.kernel.access.actor import Actor
from yilian.kernel.api.body import Part, members, query
from yilian.kernel.api.document.components import NUMBER, TEXT, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import ApiProblem, refuse
from yilian.kernel.api.questions import answers_schema
from yilian.kernel.api.reply import reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.refusals import Reason, from_errors, from_validation
from yilian.registry import known
from yilian.registry.models.patient import Sex

router = Router()
MOST = 500
LIST = (
    Ask("number", _("住院号"), required=False, max_length=40),
    Ask("fit", _("只看符合下转指征的"), "bool", required=False),
    Ask("limit", _("条数"), "int", required=False, minimum=1, maximum=200, initial=50),
)
SIGNS = tuple(
    Ask(name, title, "decimal" if name == "temperature" else "int", required=False, minimum=LIMITS[name][0],
        maximum=LIMITS[name][1])
    for name, title in (
        ("temperature", _("体温（℃）")), ("pulse", _("脉搏（次/分）")), ("respiration", _("呼吸（次/分）")),
        ("systolic", _("收缩压（mmHg）")), ("diastolic", _("舒张压（mmHg）")),
        ("oxygen_saturation", _("血氧饱和度（%）")),
    )
)  # fmt: skip
ITEM = (
    Ask("admission_number", _("住院号"), max_length=40),
    Ask("name", _("姓名"), max_length=100),
    Ask("identity_number", _("身份证号"), required=False, max_length=18),
    Ask("sex", _("性别"), "choice", choices=tuple(Sex.choices), required=False),
    Ask("birth_on", _("出生日期"), "date", required=False),
    Ask("region", _("居住地区划代码"), "region", required=False),
    Ask("department", _("科室"), "department"),
    Ask("bed", _("床号"), required=False, max_length=20),
    Ask("diagnosis", _("诊断编码"), "code", source="icd-10", required=False),
    Ask("diagnosis_name", _("诊断"), max_length=120),
    Ask("attending_name", _("主管医生"), required=False, max_length=60),
    Ask("admitted_on", _("入院日期"), "date"),
    Ask("discharged_on", _("出院日期"), "date", required=False),
    Ask("family_institution", _("家庭医生签约机构"), "institution", required=False),
    Ask("medicines", _("出院带药"), required=False, max_length=1000, help=_("药品通用名，用分号分隔")),
    Ask("observed_at", _("测量时间"), "datetime", required=False),
    *SIGNS,
    Ask("met", _("符合的下转指征"), "picks", source="indication", required=False),
    Ask("unmet", _("不符合的下转指征"), "picks", source="indication", required=False),
)
REPORTS = (Part("items", list),)
WRITTEN = ("not-yours", "invalid", "too-large", "unsupported-media-type")


@router.get("", openapi_extra=described(
    _("本机构的住院患者"), tag="inpatients", answer="Stays", query=LIST, problems=("not-yours", "invalid"),
))  # fmt: skip
def list_stays(request: ApiRequest) -> HttpResponse:
    """Return patients in the beds of one's own institution, the newest first; with `number` the one of that number."""
    _insist(request, READERS)
    given = query(request, LIST, request.actor)
    rows = Stay.objects.filter(institution_id=request.actor.institution_id).select_related("department")
    if number := given.get("number"):
        rows = rows.filter(admission_number=number)
    else:
        rows = rows.filter(discharged_on__isnull=True)
    if given.get("fit"):
        rows = rows.filter(fit_since__isnull=False)
    return reply({"items": [shape(row) for row in rows[: given.get("limit") or 50]]})


@router.post("", openapi_extra=described(
    _("报告住院患者"), tag="inpatients", answer="ReportedStays", status=201, body="NewStays", problems=WRITTEN,
))  # fmt: skip
def report_stays(request: ApiRequest) -> HttpResponse:
    """Report stays of one's own institution, all or none; a known admission number is brought up to date."""
    _insist(request, REPORTERS)
    items = members(request, REPORTS).get("items") or []
    if not items or len(items) > MOST:
        raise refuse("invalid", gettext("items 应有 1 至 {most} 项").format(most=MOST), field="items")
    with transaction.atomic():
        rows = [_reported(item, number, request.actor) for number, item in enumerate(items, 1)]
    return reply({"items": rows}, status=201)


def _reported(item: Any, number: int, actor: Actor) -> dict[str, Any]:
    try:
        given = clean(ITEM, item if isinstance(item, dict) else {}, actor).values()
        met, unmet = (indications_in(given.pop(name, None) or [], actor, name) for name in SAID)
        person = {name: given.pop(name) for name in PERSON if given.get(name) is not None}
        stay, saved = report_stay(
            by=actor, admission_number=given.pop("admission_number"), person=_person(person), source=Source.API,
            said=Said(met, unmet), **_facts({name: given[name] for name in given if name in item}),
        )  # fmt: skip
    except BadAnswersError as bad:
        raise _at(number, from_errors(bad.errors)) from bad
    except ValidationError as refused:
        raise _at(number, from_validation(refused)) from refused
    return {"id": str(stay.pk), "admission_number": stay.admission_number, "saved": str(saved)}


def _person(person: dict[str, Any]) -> dict[str, Any]:
    return person | ({"region": known.region(person["region"])} if person.get("region") else {})


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    """Return answers as facts of a stay: rows for keys, empty words for what is left empty."""
    facts = {name: "" if value is None and name in PLAIN else value for name, value in given.items()}
    facts = {name: value for name, value in facts.items() if name not in PERSON}
    if "department" in facts:
        facts["department"] = known.department(facts["department"])
    if "family_institution" in facts:
        place = facts["family_institution"]
        facts["family_institution"] = known.institution(place) if place else None
    if "medicines" in facts:
        facts["medicines"] = words(facts["medicines"] or "")
    return facts


PLAIN = ("bed", "diagnosis", "attending_name")


def _at(number: int, reasons: list[Reason]) -> ApiProblem:
    """Return the problem whose reasons say in which item they lie."""
    texts = gettext("第 {number} 项：{text}")
    return ApiProblem(
        "invalid",
        [Reason("invalid", texts.format(number=number, text=one.text), field=one.field) for one in reasons],
    )


def _insist(request: ApiRequest, roles: tuple[str, ...]) -> None:
    if not request.actor.may(*roles):
        raise refuse("not-yours", gettext("您的岗位不查看或报告住院患者。请切换岗位或联系本机构管理员。"))


def shape(row: Stay) -> dict[str, Any]:
    """Return a stay as the interface shows it."""
    return {
        "id": str(row.pk), "admission_number": row.admission_number, "patient": str(row.patient_id),
        "department": row.department_id, "bed": row.bed, "diagnosis": row.diagnosis or None,
        "diagnosis_name": row.diagnosis_name, "admitted_on": row.admitted_on, "discharged_on": row.discharged_on,
        "fit_since": row.fit_since, "days_fit": row.days_fit, "version": row.version,
    }  # fmt: skip


def _schemas() -> dict[str, Any]:
    date, nothing = {"type": "string", "format": "date"}, {"type": ["string", "null"]}
    no_date = {**date, "type": ["string", "null"]}
    return {
        "Stays": record(items=several(ref("Stay"))),
        "Stay": record(
            id=TEXT, admission_number=TEXT, patient=TEXT, department=NUMBER, bed=TEXT, diagnosis=nothing,
            diagnosis_name=TEXT, admitted_on=date, discharged_on=no_date, fit_since=no_date,
            days_fit={"type": ["integer", "null"]}, version=NUMBER,
        ),
        "ReportedStays": record(items=several(record(id=TEXT, admission_number=TEXT, saved=TEXT))),
        "NewStays": {
            "type": "object", "additionalProperties": False, "required": ["items"],
            "properties": {"items": several(answers_schema(ITEM, partial=False))},
        },
    }  # fmt: skip


api_parts.add(ApiPart("inpatients", _("住院患者"), router, _schemas))
