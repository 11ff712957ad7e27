"""The directory in the JSON interface: searching, reading a version, keeping one's own services, what a case chose."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.capacity.directory import forms, writing
from yilian.domains.capacity.directory.choosing import chosen
from yilian.domains.capacity.directory.searching import Line, Wish, search, wait_of
from yilian.domains.capacity.models import Direction, Service, ServiceVersion
from yilian.kernel.api.body import Part, members, query, version_in
from yilian.kernel.api.document.components import MOMENT, NUMBER, TEXT, TRUTH, nullable, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.questions import answers_schema
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.workflow.answers import clean
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.models import Case

router = Router()
MOST = 100
LIST = (
    Ask("text", _("名称、拼音或机构"), required=False, max_length=60),
    Ask("subject", _("诊疗科目"), "code", source="specialty", required=False),
    Ask("direction", _("接收方向"), "choice", choices=tuple(Direction.choices), required=False),
    Ask("institution", _("机构"), "institution", required=False),
    Ask("sort", _("排序"), "choice", choices=(("wait", _("等候时间")),), required=False),
    Ask("age", _("患者周岁年龄"), "int", required=False, minimum=0, maximum=150),
    Ask("limit", _("条数"), "int", required=False, minimum=1, maximum=MOST, initial=20),
)
READ = (Ask("version", _("版本"), "int", required=False, minimum=1),)
DAY = {"type": "string", "format": "date"}
DAYS = ("offer_median", "offer_most", "arrival_median", "arrival_most")
WRITTEN = ("not-yours", "not-found", "invalid", "too-large", "unsupported-media-type")
SWITCH = (Part("is_on", bool),)


@router.get("", openapi_extra=described(
    _("查找服务"), tag="services", answer="Services", query=LIST, problems=("invalid",),
))  # fmt: skip
def find_services(request: ApiRequest) -> HttpResponse:
    """Return services that take patients now: one's own consortia first, then the nearest; or by computed wait."""
    given = query(request, LIST, request.actor)
    wish = Wish(
        text=given.get("text") or "", subject=given.get("subject") or "", direction=given.get("direction") or "",
        institution_id=given.get("institution"), age=given.get("age"), by_wait=given.get("sort") == "wait",
    )  # fmt: skip
    lines = search(request.actor, wish)[: given.get("limit") or 20]
    return reply({"items": [_line(line) for line in lines]})


@router.get("/{int:service_number}", openapi_extra=described(
    _("服务"), tag="services", answer="Service", query=READ, problems=("not-found", "invalid"),
))  # fmt: skip
def read_service(request: ApiRequest, service_number: int) -> HttpResponse:
    """Return a service, or with `version` the terms it had then."""
    service = _service(service_number)
    number = query(request, READ, request.actor).get("version") or service.version
    version = service.versions.select_related("subject").filter(version=number).first()
    if version is None:
        raise not_found()
    return reply(_whole(service, version))


@router.post("", openapi_extra=described(
    _("登记服务"), tag="services", answer="Service", status=201, body="NewService", problems=WRITTEN,
))  # fmt: skip
def offer_service(request: ApiRequest) -> HttpResponse:
    """Register a service of one's own institution."""
    _insist(request)
    service = writing.offer_service(by=request.actor, **_terms(request, members(request)))
    return reply(_latest(service), status=201, headers={"Location": f"{ROOT}/services/{service.pk}"})


@router.post("/{int:service_number}", openapi_extra=described(
    _("修改服务"), tag="services", answer="Service", body="RevisedService", problems=(*WRITTEN, "stale-version"),
))  # fmt: skip
def revise_service(request: ApiRequest, service_number: int) -> HttpResponse:
    """Write all terms of one's own service anew, as a new version; `version` is the one that was read."""
    service = _own(request, service_number)
    given = members(request)
    seen = version_in(given)
    writing.revise_service(service, by=request.actor, seen=seen, **_terms(request, given))
    return reply(_latest(_service(service_number)))


@router.post("/{int:service_number}/switch", openapi_extra=described(
    _("启停服务"), tag="services", answer="Service", body="ServiceSwitch", problems=WRITTEN,
))  # fmt: skip
def switch_service(request: ApiRequest, service_number: int) -> HttpResponse:
    """Take patients for one's own service, or stop."""
    service = _own(request, service_number)
    given = members(request, SWITCH)
    if "is_on" not in given:
        raise refuse("invalid", gettext("请提供 is_on"), field="is_on")
    writing.switch_service(service, by=request.actor, is_on=given["is_on"])
    return reply(_latest(_service(service_number)))


@router.get("/cases/{uuid:case_id}", openapi_extra=described(
    _("事项所选的服务"), tag="services", answer="ChosenService", problems=("not-found",),
))  # fmt: skip
def service_of_case(request: ApiRequest, case_id: UUID) -> HttpResponse:
    """Return the service that a case asks for, with the terms as they were read when it was chosen; null for none."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise not_found()
    found = chosen(case)
    return reply({"service": _whole(found.service, found.version) if found else None})


def _service(key: int) -> Service:
    found = Service.objects.select_related("institution", "department", "wait").filter(pk=key).first()
    if found is None:
        raise not_found()
    return found


def _own(request: ApiRequest, key: int) -> Service:
    found = _service(key)
    if found.institution_id != request.actor.institution_id:
        raise not_found()
    _insist(request)
    return found


def _insist(request: ApiRequest) -> None:
    if not request.actor.may(*writing.KEEPERS):
        raise refuse("not-yours", gettext("您的岗位不维护本机构的服务目录。请切换岗位或联系本机构管理员。"))


def _terms(request: ApiRequest, given: dict[str, Any]) -> dict[str, Any]:
    values = clean(forms.SERVICE, given, request.actor).values()
    return forms.terms_of({ask.name: False if ask.kind == "bool" else None for ask in forms.SERVICE} | values)


def _line(line: Line) -> dict[str, Any]:
    row = line.service
    return _head(row, row) | {
        "institution_name": row.institution.name,
        "together": line.together,
        "distance_km": None if line.distance is None else round(line.distance, 1),
    }


def _head(service: Service, terms: Service | ServiceVersion) -> dict[str, Any]:
    return {
        "id": service.pk, "name": terms.name, "institution": service.institution_id, "is_on": service.is_on,
        "version": terms.version, "department": terms.department_id, "directions": terms.directions,
        "subject": terms.subject.code if terms.subject else None, "age_from": terms.age_from,
        "age_until": terms.age_until, "is_featured": terms.is_featured, "claimed_wait": terms.claimed_wait,
        "wait": _wait(service), "url": f"{ROOT}/services/{service.pk}",
    }  # fmt: skip


def _wait(service: Service) -> dict[str, Any] | None:
    """Return what was computed, in days; null where too few cases say anything, and while nothing was computed."""
    found = wait_of(service)
    days = {name: _number(getattr(found, name)) for name in DAYS} if found else {}
    return {
        "since_on": found.since_on, "until_on": found.until_on, "offer_count": found.offer_count,
        "arrival_count": found.arrival_count, **days,
    } if found else None  # fmt: skip


def _number(days: Decimal | None) -> float | None:
    return None if days is None else float(days)


def _whole(service: Service, version: ServiceVersion) -> dict[str, Any]:
    return _head(service, version) | {
        "latest": service.version, "requirements": version.requirements, "opening_hours": version.opening_hours,
        "phone": version.phone, "written_at": version.written_at,
    }  # fmt: skip


def _latest(service: Service) -> dict[str, Any]:
    return _whole(service, service.versions.select_related("subject").get(version=service.version))


def _schemas() -> dict[str, Any]:
    number, nothing = {"type": ["integer", "null"]}, {"type": ["string", "null"]}
    head = {
        "id": NUMBER, "name": TEXT, "institution": NUMBER, "is_on": TRUTH, "version": NUMBER, "department": NUMBER,
        "directions": several({"enum": list(Direction.values)}), "subject": nothing, "age_from": number,
        "age_until": number, "is_featured": TRUTH, "claimed_wait": number, "wait": nullable("ServiceWait"), "url": TEXT,
    }  # fmt: skip
    line = head | {"institution_name": TEXT, "together": TEXT, "distance_km": {"type": ["number", "null"]}}
    more = {"latest": NUMBER, "requirements": TEXT, "opening_hours": TEXT, "phone": TEXT, "written_at": MOMENT}
    new = answers_schema(forms.SERVICE, partial=False)
    revised = new | {"properties": new["properties"] | {"version": NUMBER}, "required": [*new["required"], "version"]}
    return {
        "Services": record(items=several(ref("ServiceLine"))),
        "ServiceLine": record(**line),
        "ServiceWait": record(
            since_on=DAY,
            until_on=DAY,
            offer_count=NUMBER,
            arrival_count=NUMBER,
            **{name: {"type": ["number", "null"]} for name in DAYS},
        ),
        "Service": record(**head, **more),
        "NewService": new,
        "RevisedService": revised,
        "ServiceSwitch": record(is_on=TRUTH),
        "ChosenService": record(service=nullable("Service")),
    }


api_parts.add(ApiPart("services", _("服务目录"), router, _schemas))
