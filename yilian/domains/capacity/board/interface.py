"""The board in the JSON interface: reading it, reporting one's own figures, writing down what was said on the phone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.capacity.board import reporting, watching
from yilian.domains.capacity.models import Resource, ResourceKind, Source
from yilian.kernel.access.actor import Actor
from yilian.kernel.api.body import Part, members, query
from yilian.kernel.api.document.components import MOMENT, NUMBER, TEXT, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import ApiProblem, not_found, refuse
from yilian.kernel.api.questions import answers_schema
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.refusals import Reason, from_errors, from_validation
from yilian.registry import known

router = Router()
MOST = 1000
LIST = (
    Ask("kind", _("类别"), "choice", choices=tuple(ResourceKind.choices), required=False),
    Ask("institution", _("机构"), "institution", required=False),
    Ask("text", _("名称或科室"), required=False, max_length=60),
    Ask("free", _("只看有空闲"), "bool", required=False),
)
FIGURE = (
    Ask("free", _("空闲数"), "int", minimum=0),
    Ask("total", _("总数"), "int", required=False, minimum=0),
    Ask("as_of", _("截至"), "datetime", required=False),
)
ITEM = (
    Ask("kind", _("类别"), "choice", choices=tuple(ResourceKind.choices)),
    Ask("department", _("科室"), "department", required=False),
    Ask("name", _("名称"), max_length=80),
    *FIGURE,
)
CALL = (Ask("confirmed_with", _("与谁核实"), max_length=100), *FIGURE)
REPORTS = (Part("items", list),)
WRITTEN = ("not-yours", "not-found", "invalid", "too-large", "unsupported-media-type")


@router.get("", openapi_extra=described(
    _("资源看板"), tag="capacity", answer="Resources", query=LIST, problems=("not-yours", "invalid"),
))  # fmt: skip
def read_board(request: ApiRequest) -> HttpResponse:
    """Return what the institutions of one's consortia have, with the latest figure and how old it is."""
    _insist(request, (*reporting.REPORTERS, "quality", "authority"))
    given = query(request, LIST, request.actor)
    wish = watching.Wish(
        kind=given.get("kind") or "", institution_id=given.get("institution"), text=given.get("text") or "",
        only_free=bool(given.get("free")),
    )  # fmt: skip
    return reply({"items": [_line(line.resource, line.age) for line in watching.board(request.actor, wish)[:MOST]]})


@router.post("/reports", openapi_extra=described(
    _("报告本机构资源"), tag="capacity", answer="ReportedResources", status=201, body="NewReports", problems=WRITTEN,
))  # fmt: skip
def report_capacity(request: ApiRequest) -> HttpResponse:
    """Report figures of one's own institution, all or none; a resource that is new is registered."""
    actor = request.actor
    _insist(request, reporting.REPORTERS)
    items = members(request, REPORTS).get("items") or []
    if not items or len(items) > MOST:
        raise refuse("invalid", gettext("items 应有 1 至 {most} 项").format(most=MOST), field="items")
    with transaction.atomic():
        rows = [_reported(item, number, actor) for number, item in enumerate(items, 1)]
    return reply({"items": [_line(row, watching.FRESH) for row in rows]}, status=201)


@router.post("/{int:resource_number}/phone", openapi_extra=described(
    _("登记电话核实"), tag="capacity", answer="Resource", status=201, body="NewCall", problems=WRITTEN,
))  # fmt: skip
def confirm_by_phone(request: ApiRequest, resource_number: int) -> HttpResponse:
    """Write down what another institution said on the telephone, with whom and when."""
    row = Resource.objects.filter(pk=resource_number).first()
    if row is None or row.institution_id == request.actor.institution_id:
        raise not_found()
    _insist(request, reporting.REPORTERS)
    given = clean(CALL, members(request), request.actor).values()
    reporting.confirm_by_phone(row, _said(given), by=request.actor, confirmed_with=given["confirmed_with"])
    return reply(_now(row, request.actor), status=201)


def _reported(item: Any, number: int, actor: Actor) -> Resource:
    try:
        given = clean(ITEM, item if isinstance(item, dict) else {}, actor).values()
        ward = known.department(given["department"]) if given.get("department") else None
        row = reporting.find_resource(actor.institution_id, given["kind"], given["name"], ward)
        row = row or reporting.add_resource(by=actor, kind=given["kind"], name=given["name"], department=ward)
        reporting.report(row, _said(given), by=actor, source=Source.API)
    except BadAnswersError as bad:
        raise _at(number, from_errors(bad.errors)) from bad
    except ValidationError as refused:
        raise _at(number, from_validation(refused)) from refused
    row.refresh_from_db()
    return row


def _at(number: int, reasons: list[Reason]) -> ApiProblem:
    """Return the problem whose reasons say in which item they lie."""
    texts = gettext("第 {number} 项：{text}")
    return ApiProblem(
        "invalid",
        [Reason("invalid", texts.format(number=number, text=one.text), field=one.field) for one in reasons],
    )


def _said(given: dict[str, Any]) -> reporting.Said:
    return reporting.Said(given["free"], given.get("total"), given.get("as_of"))


def _insist(request: ApiRequest, roles: tuple[str, ...]) -> None:
    if not request.actor.may(*roles):
        raise refuse("not-yours", gettext("您的岗位不查看或报告资源。请切换岗位或联系本机构管理员。"))


def _now(row: Resource, actor: Actor) -> dict[str, Any]:
    row.refresh_from_db()
    return _line(row, watching.age_now(row.as_of, actor.institution_id))


def _line(row: Resource, age: str) -> dict[str, Any]:
    return {
        "id": row.pk, "institution": row.institution_id, "department": row.department_id, "kind": row.kind,
        "name": row.name, "free": row.free, "total": row.total, "as_of": row.as_of, "age": age,
        "source": row.source or None, "reporter": row.reporter_name or None,
        "confirmed_with": row.confirmed_with or None, "url": f"{ROOT}/capacity?institution={row.institution_id}",
    }  # fmt: skip


def _schemas() -> dict[str, Any]:
    number, nothing = {"type": ["integer", "null"]}, {"type": ["string", "null"]}
    line = {
        "id": NUMBER, "institution": NUMBER, "department": number, "kind": {"enum": list(ResourceKind.values)},
        "name": TEXT, "free": number, "total": number, "as_of": {**MOMENT, "type": ["string", "null"]},
        "age": {"enum": list(watching.TONES)}, "source": nothing, "reporter": nothing, "confirmed_with": nothing,
        "url": TEXT,
    }  # fmt: skip
    new = {"type": "object", "additionalProperties": False, "required": ["items"],
           "properties": {"items": several(answers_schema(ITEM, partial=False))}}  # fmt: skip
    return {
        "Resources": record(items=several(ref("Resource"))),
        "ReportedResources": record(items=several(ref("Resource"))),
        "Resource": record(**line),
        "NewReports": new,
        "NewCall": answers_schema(CALL, partial=False),
    }


api_parts.add(ApiPart("capacity", _("资源看板"), router, _schemas))
