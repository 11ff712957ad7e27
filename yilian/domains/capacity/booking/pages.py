"""Places of one's own institution in pages: which are free, which case holds which, and opening more."""

import re
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.capacity.board.reporting import KEEPERS, REPORTERS
from yilian.domains.capacity.booking import opening
from yilian.domains.capacity.booking.reserving import spelled
from yilian.domains.capacity.models import Booking, Place, Resource
from yilian.kernel import audit, clock
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.pages.export import MOST_ROWS, TYPE, workbook
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import Column
from yilian.kernel.workflow.flow import Ask
from yilian.registry.pages.noun_form import NounForm

SHEET = "places"
SHOWN = 100
COLUMNS = [
    Column(name, title)
    for name, title in (
        ("kind", gettext_lazy("类别")), ("resource", gettext_lazy("资源")), ("name", gettext_lazy("名称")),
        ("starts_at", gettext_lazy("开始时间")), ("ends_at", gettext_lazy("结束时间")),
        ("quota_until", gettext_lazy("下沉保留至")), ("state", gettext_lazy("状态")),
        ("case", gettext_lazy("转诊单")), ("booked_at", gettext_lazy("预约时间")),
        ("booked_name", gettext_lazy("预约人")),
    )
]  # fmt: skip


class _Ahead(Page):
    """What the list and its export share: the places that lie ahead, and who holds which."""

    @property
    def is_off(self) -> bool:
        """Whether those that were taken off are asked for."""
        return self.request.GET.get("off", "") == "1"

    def lines(self, most: int) -> list[tuple[Place, str, Booking | None]]:
        """Return at most so many places of one's own institution, the next first."""
        self.insist(*REPORTERS)
        rows = Place.objects.filter(resource__institution=self.actor.institution_id, is_on=not self.is_off)
        ahead = rows.filter(ends_at__gt=clock.now()) | rows.filter(starts_at__isnull=True)
        only = self.request.GET.get("resource", "")
        if only.isdecimal() and len(only) < 10:
            ahead = ahead.filter(resource=int(only))
        found = list(ahead.select_related("resource__department").order_by("starts_at", "resource", "name")[:most])
        standing = Booking.objects.filter(place__in=found, freed_at__isnull=True).select_related("case")
        held = {booking.place_id: booking for booking in standing}
        return [(row, spelled(row), held.get(row.pk)) for row in found]


class List(_Ahead):
    """`/places/`: places of one's own institution that lie ahead, and which case holds which."""

    template = "capacity/places.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = self.lines(SHOWN + 1)
        answer = self.show({
            "lines": found[:SHOWN],
            "has_more": len(found) > SHOWN,
            "now": clock.now(),
            "may_keep": self.actor.may(*KEEPERS),
            "may_import": sheets[SHEET].is_for(self.actor),
            "is_off": self.is_off,
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer


class Export(_Ahead):
    """`/places/export.xlsx`: the same places as a workbook, with who booked and when. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = self.lines(MOST_ROWS)
        audit.record(self.actor, "exported", object_kind="resource", detail={"rows": len(found)})
        content = workbook(_("床位与号源"), COLUMNS, (_cells(*line) for line in found))
        answer = HttpResponse(content, content_type=TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="places-{clock.today():%Y%m%d}.xlsx"'
        return answer


def _cells(place: Place, title: str, booking: Booking | None) -> list[str]:
    """Return the cells of one place in the order of COLUMNS."""
    return [
        place.resource.get_kind_display(), str(place.resource), place.name, _minute(place.starts_at),
        _minute(place.ends_at), _minute(place.quota_until), _("已预约") if booking else _("空闲"),
        booking.case.number if booking else "", _minute(booking.booked_at if booking else None),
        booking.booked_name if booking else "",
    ]  # fmt: skip


def _minute(moment: datetime | None) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""


class New(NounForm):
    """`/places/new/`: beds by name, or the slots of a span of time."""

    roles = KEEPERS

    @cached_property
    def resources(self) -> list[Resource]:
        rows = Resource.objects.filter(institution_id=self.actor.institution_id, is_on=True)
        return list(rows.select_related("department").order_by("kind", "pk"))

    def admit(self) -> None:
        super().admit()
        if not self.resources:
            raise Http404("no resource to open places of")

    def questions(self) -> tuple[Ask, ...]:
        choices = tuple((str(row.pk), f"{row.get_kind_display()} {row}") for row in self.resources)
        return (
            Ask("resource", _("资源"), "choice", choices=choices),
            Ask("names", _("名称"), max_length=1000,
                help=_("床位填床号，用空格分隔，如 1床 2床；号源填诊次名称，如 专家门诊。")),
            Ask("starts_at", _("开始时间"), "datetime", required=False, help=_("号源和设备填写；床位不填。")),
            Ask("ends_at", _("结束时间"), "datetime", required=False),
            Ask("minutes", _("每号分钟数"), "int", required=False, minimum=1, maximum=1440, initial=30),
            Ask("is_quota", _("号源下沉：先留给下级机构"), "bool", required=False,
                help=_("到期未用的自动放开，期限见参数。")),
        )  # fmt: skip

    def title(self) -> str:
        return _("开放床位或号源")

    def back(self) -> tuple[str, str]:
        return "/places/", _("床位与号源")

    def write(self, values: dict[str, Any]) -> str:
        resource = next(row for row in self.resources if str(row.pk) == values["resource"])
        starts, ends = values.get("starts_at"), values.get("ends_at")
        if starts and ends:
            span, name = opening.Span(starts, ends, values.get("minutes") or 30), values["names"].strip()[:40]
            made = opening.open_slots(resource, name, span, by=self.actor, is_quota=bool(values.get("is_quota")))
        else:
            names = [name[:40] for name in re.split(r"[\s、,，]+", values["names"])]
            made = opening.open_beds(resource, names, by=self.actor)
        messages.success(self.request, _("已开放 {count} 个").format(count=len(made)))
        return "/places/"


class Switch(Page):
    """`/places/<pk>/switch/`: POST only; take a place of one's own off, or open it again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        own = Place.objects.select_related("resource").filter(resource__institution=self.actor.institution_id)
        place = own.filter(pk=pk).first()
        if place is None:
            raise Http404(str(pk))
        self.insist(*KEEPERS)
        is_on = request.POST.get("on", "") == "1"
        (opening.reopen_place if is_on else opening.close_place)(place, by=self.actor)
        return HttpResponseRedirect("/places/")
