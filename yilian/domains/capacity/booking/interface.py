"""Places in the JSON interface: those free at one's own institution, and opening more. Booking is a step's answer."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.capacity.board.reporting import KEEPERS, REPORTERS
from yilian.domains.capacity.booking import opening
from yilian.domains.capacity.booking.reserving import bookable, spelled
from yilian.domains.capacity.models import Booking, Place, Resource
from yilian.kernel.api.body import Part, members, query
from yilian.kernel.api.document.components import MOMENT, NUMBER, TEXT, TRUTH, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.questions import answers_schema
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.workflow.answers import clean
from yilian.kernel.workflow.flow import Ask

router = Router()
LIST = (
    Ask("resource", _("资源编号"), "int", required=False, minimum=1),
    Ask("limit", _("条数"), "int", required=False, minimum=1, maximum=200, initial=50),
)
BOOKED = (Ask("limit", _("条数"), "int", required=False, minimum=1, maximum=200, initial=50),)
SWITCH = (Part("is_on", bool),)
NEW = (
    Ask("resource", _("资源编号"), "int", minimum=1),
    Ask("name", _("名称"), max_length=40),
    Ask("starts_at", _("开始时间"), "datetime", required=False),
    Ask("ends_at", _("结束时间"), "datetime", required=False),
    Ask("minutes", _("每号分钟数"), "int", required=False, minimum=1, maximum=1440, initial=30),
    Ask("is_quota", _("号源下沉：先留给下级机构"), "bool", required=False),
)


@router.get("", openapi_extra=described(
    _("可预约的床位与号源"), tag="places", answer="Places", query=LIST, problems=("not-yours", "invalid"),
))  # fmt: skip
def free_places(request: ApiRequest) -> HttpResponse:
    """Return places of one's own institution that can be booked now; a step's answer `place` books one."""
    _insist(request, REPORTERS)
    given = query(request, LIST, request.actor)
    rows = bookable(request.actor.institution_id)
    if given.get("resource"):
        rows = rows.filter(resource=given.get("resource"))
    return reply({"items": [_shape(row) for row in rows[: given.get("limit") or 50]]})


@router.post("", openapi_extra=described(
    _("开放床位或号源"), tag="places", answer="Places", status=201, body="NewPlaces",
    problems=("not-yours", "not-found", "invalid", "too-large", "unsupported-media-type"),
))  # fmt: skip
def open_places(request: ApiRequest) -> HttpResponse:
    """Open a bed, or with a span of time the slots in it."""
    _insist(request, KEEPERS)
    given = clean(NEW, members(request), request.actor).values()
    own = Resource.objects.select_related("department").filter(institution_id=request.actor.institution_id)
    resource = own.filter(pk=given["resource"]).first()
    if resource is None:
        raise not_found()
    return reply({"items": [_shape(row) for row in _opened(resource, given, request)]}, status=201)


@router.get("/bookings", openapi_extra=described(
    _("已预约的床位与号源"), tag="places", answer="Bookings", query=BOOKED, problems=("not-yours", "invalid"),
))  # fmt: skip
def standing_bookings(request: ApiRequest) -> HttpResponse:
    """Return what cases hold of one's own institution now, booked last first: which place, when, and by whom."""
    _insist(request, REPORTERS)
    given = query(request, BOOKED, request.actor)
    rows = Booking.objects.filter(institution=request.actor.institution_id, freed_at__isnull=True)
    rows = rows.select_related("case", "place__resource__department")[: given.get("limit") or 50]
    return reply({"items": [_held(row) for row in rows]})


@router.post("/{int:place_number}/switch", openapi_extra=described(
    _("停用或恢复床位与号源"), tag="places", answer="Place", body="PlaceSwitch",
    problems=("not-yours", "not-found", "invalid", "too-large", "unsupported-media-type"),
))  # fmt: skip
def switch_place(request: ApiRequest, place_number: int) -> HttpResponse:
    """Take a place of one's own off, or open it again; who holds it keeps it."""
    rows = Place.objects.select_related("resource__department")
    place = rows.filter(pk=place_number, resource__institution=request.actor.institution_id).first()
    if place is None:
        raise not_found()
    _insist(request, KEEPERS)
    given = members(request, SWITCH)
    if "is_on" not in given:
        raise refuse("invalid", gettext("请提供 is_on"), field="is_on")
    (opening.reopen_place if given["is_on"] else opening.close_place)(place, by=request.actor)
    place.refresh_from_db(fields=["is_on"])
    return reply(_shape(place))


def _opened(resource: Resource, given: dict[str, Any], request: ApiRequest) -> list[Place]:
    if given.get("starts_at") and given.get("ends_at"):
        span = opening.Span(given["starts_at"], given["ends_at"], given.get("minutes") or 30)
        is_quota = bool(given.get("is_quota"))
        return opening.open_slots(resource, given["name"], span, by=request.actor, is_quota=is_quota)
    return opening.open_beds(resource, [given["name"]], by=request.actor)


def _insist(request: ApiRequest, roles: tuple[str, ...]) -> None:
    if not request.actor.may(*roles):
        raise refuse("not-yours", gettext("您的岗位不查看或报告资源。请切换岗位或联系本机构管理员。"))


def _shape(row: Place) -> dict[str, Any]:
    return {
        "id": row.pk, "resource": row.resource_id, "kind": row.resource.kind, "name": row.name, "title": spelled(row),
        "starts_at": row.starts_at, "ends_at": row.ends_at, "quota_until": row.quota_until, "is_on": row.is_on,
    }  # fmt: skip


def _held(row: Booking) -> dict[str, Any]:
    return {
        "place": _shape(row.place), "case": row.case_id, "number": row.case.number,
        "url": f"{ROOT}/cases/{row.case.kind}/{row.case_id}", "booked_at": row.booked_at, "booked_by": row.booked_name,
    }  # fmt: skip


def _schemas() -> dict[str, Any]:
    moment = {**MOMENT, "type": ["string", "null"]}
    place = record(id=NUMBER, resource=NUMBER, kind=TEXT, name=TEXT, title=TEXT, starts_at=moment, ends_at=moment,
                   quota_until=moment, is_on=TRUTH)  # fmt: skip
    held = record(place=ref("Place"), case=TEXT, number=TEXT, url=TEXT, booked_at=MOMENT, booked_by=TEXT)
    return {
        "Place": place,
        "Places": record(items=several(ref("Place"))),
        "Bookings": record(items=several(ref("Booking"))),
        "Booking": held,
        "PlaceSwitch": record(is_on=TRUTH),
        "NewPlaces": answers_schema(NEW, partial=False),
    }


api_parts.add(ApiPart("places", _("床位与号源"), router, _schemas))
