"""The board in pages: who has what free, the figures of one's own institution, and asking by telephone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.capacity.board import reporting, watching
from yilian.domains.capacity.models import Resource, ResourceKind, Source
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.flow import Ask
from yilian.registry import known
from yilian.registry.pages.noun_form import NounForm

SHEET = "capacity"
MOST_REPORTS = 30
AGES = {
    watching.FRESH: gettext_lazy("最新"), watching.AGEING: gettext_lazy("待更新"),
    watching.STALE: gettext_lazy("已过时"), watching.NEVER: gettext_lazy("未报告"),
}  # fmt: skip


def this_moment(actor: Actor) -> Any:
    return clock.now()


AS_OF = Ask("as_of", gettext_lazy("截至"), "datetime", initial=this_moment)
COUNTED = (
    Ask("free", gettext_lazy("空闲数"), "int", minimum=0),
    Ask("total", gettext_lazy("总数"), "int", required=False, minimum=0, help=gettext_lazy("不清楚请不填。")),
)


class Board(Page):
    """`/capacity/`: what the institutions of one's consortia have free, one's own first."""

    template = "capacity/board.html"
    part = "capacity/board_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*reporting.REPORTERS, "quality", "authority")
        given = request.GET
        kind, place = given.get("kind", ""), given.get("institution", "")
        wish = watching.Wish(
            kind=kind if kind in ResourceKind.values else "",
            institution_id=int(place) if place.isdecimal() and len(place) < 10 else None,
            text=given.get("q", "").strip()[:60],
            only_free=given.get("free", "") == "1",
        )
        lines = [(line, AGES[line.age]) for line in watching.board(self.actor, wish)]
        answer = self.show({
            "lines": lines,
            "wish": wish,
            "kinds": ResourceKind.choices,
            "institution": known.institution(wish.institution_id) if wish.institution_id else None,
            "now": clock.now(),
            "may_keep": self.actor.may(*reporting.KEEPERS),
            "may_report": self.actor.may(*reporting.REPORTERS),
            "may_import": sheets[SHEET].is_for(self.actor),
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer


class _OfResource(Page):
    @cached_property
    def resource(self) -> Resource:
        """The resource of the address; row security hides those of strangers."""
        found = Resource.objects.select_related("institution", "department").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    @property
    def is_own(self) -> bool:
        return self.resource.institution_id == self.actor.institution_id


class Detail(_OfResource):
    """`/capacity/<pk>/`: one resource with what was reported about it lately."""

    template = "capacity/resource.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.resource
        self.insist(*reporting.REPORTERS, "quality", "authority")
        age = watching.age_now(row.as_of, self.actor.institution_id)
        return self.show({
            "row": row,
            "age": AGES[age],
            "tone": watching.TONES[age],
            "reports": row.reports.select_related("reported_by")[:MOST_REPORTS],
            "is_own": self.is_own,
            "may_keep": self.is_own and self.actor.may(*reporting.KEEPERS),
            "may_report": self.actor.may(*reporting.REPORTERS),
        })  # fmt: skip


class New(NounForm):
    """`/capacity/new/`: something of which one's own institution has places."""

    roles = reporting.KEEPERS
    asks = (
        Ask("kind", gettext_lazy("类别"), "choice", choices=tuple(ResourceKind.choices)),
        Ask("department", gettext_lazy("科室"), "department", required=False),
        Ask("name", gettext_lazy("名称"), max_length=80, help=gettext_lazy("如：普通床、隔离床、专家门诊、CT。")),
    )  # fmt: skip

    def title(self) -> str:
        return _("登记资源")

    def back(self) -> tuple[str, str]:
        return "/capacity/", _("资源看板")

    def write(self, values: dict[str, Any]) -> str:
        ward = known.department(values["department"]) if values.get("department") else None
        row = reporting.add_resource(by=self.actor, kind=values["kind"], name=values["name"], department=ward)
        return row.get_absolute_url()


class ReportAll(NounForm):
    """`/capacity/report/`: the figures of one's own institution at once; what is left empty is not reported."""

    roles = reporting.REPORTERS
    template = "capacity/report.html"

    @cached_property
    def resources(self) -> list[Resource]:
        rows = Resource.objects.filter(institution_id=self.actor.institution_id, is_on=True)
        return list(rows.select_related("department").order_by("kind", "department__name", "name"))

    def questions(self) -> tuple[Ask, ...]:
        asked = [AS_OF]
        for row in self.resources:
            section = f"{row.get_kind_display()} {row}"
            asked += [
                Ask(f"free_{row.pk}", _("空闲数"), "int", required=False, minimum=0, section=section),
                Ask(f"total_{row.pk}", _("总数"), "int", required=False, minimum=0, section=section),
            ]
        return tuple(asked)

    def title(self) -> str:
        return _("报告本机构资源")

    def back(self) -> tuple[str, str]:
        return "/capacity/", _("资源看板")

    def given(self) -> dict[str, Any]:
        return {f"total_{row.pk}": row.total for row in self.resources}

    def write(self, values: dict[str, Any]) -> str:
        counted = [
            (row, reporting.Said(values[f"free_{row.pk}"], values.get(f"total_{row.pk}"), values["as_of"]))
            for row in self.resources
            if values.get(f"free_{row.pk}") is not None
        ]
        count = reporting.report_all(counted, by=self.actor, source=Source.PAGE)
        messages.success(self.request, _("已报告 {count} 项").format(count=count))
        return "/capacity/"


class Phone(_OfResource, NounForm):
    """`/capacity/<pk>/phone/`: what another institution said on the telephone; it needs no account for that."""

    asks = (
        Ask("confirmed_with", gettext_lazy("与谁核实"), max_length=100, help=gettext_lazy("对方姓名与岗位。")),
        Ask("as_of", gettext_lazy("核实时间"), "datetime", initial=this_moment),
        *COUNTED,
    )

    def admit(self) -> None:
        if self.is_own:
            raise Http404(str(self.kwargs["pk"]))
        self.insist(*reporting.REPORTERS)

    def title(self) -> str:
        return _("电话核实：{place} {name}").format(place=self.resource.institution, name=self.resource)

    def back(self) -> tuple[str, str]:
        return self.resource.get_absolute_url(), str(self.resource)

    def write(self, values: dict[str, Any]) -> str:
        said = reporting.Said(values["free"], values.get("total"), values["as_of"])
        reporting.confirm_by_phone(self.resource, said, by=self.actor, confirmed_with=values["confirmed_with"] or "")
        return self.resource.get_absolute_url()


class Switch(_OfResource):
    """`/capacity/<pk>/switch/`: POST only; show one's own resource on the board, or no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.is_own:
            raise Http404(str(pk))
        self.insist(*reporting.KEEPERS)
        reporting.switch_resource(self.resource, by=self.actor, is_on=request.POST.get("on", "") == "1")
        return HttpResponseRedirect(self.resource.get_absolute_url())
