"""The finder in pages: who waits to go down, one patient with the places that fit, and what a doctor decides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.inpatient import api as inpatient
from yilian.kernel import audit, clock
from yilian.kernel.clock.periods import period_of
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.pages.export import MOST_ROWS, TYPE, workbook
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import Column
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.pages.noun_form import NounForm
from yilian.reports.finder.actions import draft
from yilian.reports.finder.indications import Judged, judged
from yilian.reports.finder.suggesting import ALL, Finder

SHOWN = 20
DAYS = "inpatient.fit_days"
COLUMNS = [
    Column(name, title)
    for name, title in (
        ("name", gettext_lazy("患者")), ("number", gettext_lazy("住院号")), ("department", gettext_lazy("科室")),
        ("bed", gettext_lazy("床号")), ("diagnosis_name", gettext_lazy("诊断")),
        ("admitted_on", gettext_lazy("入院日期")), ("fit_since", gettext_lazy("符合下转指征起")),
        ("days_fit", gettext_lazy("已等候天数")), ("met", gettext_lazy("符合的下转指征")),
        ("place", gettext_lazy("首选接续机构")), ("why", gettext_lazy("理由")),
    )
]  # fmt: skip


def lines_of(finder: Finder, stays: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return stays with the indications that are met and the first place, each in a few statements for all."""
    keys = [stay["id"] for stay in stays]
    places, met = finder.find(keys, most=1), inpatient.conditions_met(keys)
    return [stay | {"met": met.get(stay["id"], []), "places": places.get(stay["id"], [])} for stay in stays]


class List(Page):
    """`/finder/`: patients here whom somebody holds fit to go down, the longest first, and those drafted already."""

    template = "finder/list.html"
    part = "finder/part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*inpatient.READERS)
        here, given = self.actor.institution_id, request.GET.get("page", "1")
        number = max(1, int(given)) if given.isdecimal() and len(given) < 6 else 1
        stays = inpatient.fit_stays(here, most=SHOWN + 1, after=(number - 1) * SHOWN)
        answer = self.show({
            "lines": lines_of(Finder(self.actor), stays[:SHOWN]),
            "count": inpatient.count_fit(here),
            "drafted": inpatient.drafted_stays(here),
            "days": evaluate(DAYS, here, period=period_of(clock.today(), 1)),
            "page": number,
            "next": number + 1 if len(stays) > SHOWN else None,
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer


class Export(Page):
    """`/finder/export.xlsx`: all who wait, each with the first place and why. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*inpatient.READERS)
        lines = lines_of(Finder(self.actor), inpatient.fit_stays(self.actor.institution_id, most=MOST_ROWS))
        audit.record(self.actor, "exported", object_kind="stay", detail={"rows": len(lines)})
        content = workbook(_("可下转患者"), COLUMNS, (_cells(line) for line in lines))
        answer = HttpResponse(content, content_type=TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="finder-{clock.today():%Y%m%d}.xlsx"'
        return answer


def _cells(line: dict[str, Any]) -> list[str]:
    first = line["places"][0] if line["places"] else None
    said = {"met": "；".join(line["met"]), "place": first.name if first else "", "why": first.sentence if first else ""}
    return [str(said.get(column.name, line.get(column.name, ""))) for column in COLUMNS]


class _OfStay(Page):
    @cached_property
    def stay(self) -> dict[str, Any]:
        found = inpatient.read_stay(self.kwargs["pk"], self.actor.institution_id)
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    @property
    def address(self) -> str:
        return f"/finder/{self.kwargs['pk']}/"

    def insist_decider(self) -> None:
        """Let only doctors of the very institution go on; for others there is nothing."""
        if self.stay["id"]:
            self.insist(*inpatient.DECIDERS)

    @property
    def seen(self) -> int | None:
        text = self.request.POST.get("_version", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


class Detail(_OfStay):
    """`/finder/<pk>/`: one patient: what was reported, what is met and what is unknown, and the places that fit."""

    template = "finder/stay.html"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        stay = self.stay
        self.insist(*inpatient.READERS)
        found = Finder(self.actor).find([stay["id"]], most=ALL, medicines=stay["medicines"]) if stay["is_here"] else {}
        audit.record(self.actor, "viewed", object_kind="patient", object_id=str(stay["patient"]))
        answer = self.show({
            "stay": stay,
            "indications": judged(self.actor.institution_id, stay),
            "places": found.get(stay["id"], []),
            "may_decide": stay["is_here"] and self.actor.may(*inpatient.DECIDERS),
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer


class Draft(_OfStay):
    """`/finder/<pk>/draft/`: POST only; the draft of a referral to the place that was pressed, then its form."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        self.insist_decider()
        place = request.POST.get("place", "")
        wanted = int(place) if place.isdecimal() and len(place) < 10 else None
        try:
            case = draft(self.stay["id"], wanted, seen=self.seen, by=self.actor)
        except (ValidationError, Refused) as refused:
            says = refused.messages if isinstance(refused, ValidationError) else [one.text for one in refused.reasons]
            messages.error(request, "；".join(says))
            return HttpResponseRedirect(self.address)
        messages.success(request, _("已拟下转单并附上本次住院的病历文档，请补充后发出"))
        return HttpResponseRedirect(case.get_absolute_url())


class _Deciding(_OfStay, NounForm):
    def admit(self) -> None:
        self.insist_decider()
        if not self.stay["is_here"]:
            raise Http404(str(self.kwargs["pk"]))

    def back(self) -> tuple[str, str]:
        return self.address, self.stay["name"]

    def extra(self) -> dict[str, Any]:
        return {"version": self.request.POST.get("_version", self.stay["version"])}


class Marks(_Deciding):
    """`/finder/<pk>/marks/`: a doctor says of each indication whether it is met; what is left open stays unknown."""

    @cached_property
    def rows(self) -> list[Judged]:
        return judged(self.actor.institution_id, self.stay)

    def questions(self) -> tuple[Ask, ...]:
        choices = (("met", _("符合")), ("unmet", _("不符合")))
        return tuple(
            Ask(f"mark_{row.id}", row.condition, "choice", choices=choices, required=False,
                help="" if row.is_confirmed else _("待本地核定"))
            for row in self.rows
        )  # fmt: skip

    def title(self) -> str:
        return _("判断下转指征：{name}").format(name=self.stay["name"])

    def given(self) -> dict[str, Any]:
        words = {True: "met", False: "unmet", None: ""}
        return {f"mark_{row.id}": words[row.is_met] for row in self.rows}

    def write(self, values: dict[str, Any]) -> str:
        before = self.given()
        new = [row for row in self.rows if (said := values.get(f"mark_{row.id}")) and said != before[f"mark_{row.id}"]]
        said = {row.id: values[f"mark_{row.id}"] == "met" for row in new}
        met, unmet = ({row.id: row.condition for row in new if said[row.id] is is_met} for is_met in (True, False))
        inpatient.say(self.stay["id"], met, unmet, by=self.actor)
        return self.address


class Unfit(_Deciding):
    """`/finder/<pk>/unfit/`: not fit to go down, and why."""

    asks = (
        Ask("reason", gettext_lazy("原因"), "reason", source=inpatient.UNFIT),
        Ask("note", gettext_lazy("说明"), "longtext", required=False, max_length=500),
    )

    def title(self) -> str:
        return _("暂不适合下转：{name}").format(name=self.stay["name"])

    def write(self, values: dict[str, Any]) -> str:
        reason, note = values.get("reason") or "", values.get("note") or ""
        inpatient.hold_unfit(self.stay["id"], reason=reason, note=note, seen=self.seen, by=self.actor)
        return self.address


class Later(_Deciding):
    """`/finder/<pk>/later/`: look again on a day ahead."""

    asks = (
        Ask("until_on", gettext_lazy("到何时再看"), "date"),
        Ask("note", gettext_lazy("说明"), "longtext", required=False, max_length=500),
    )

    def title(self) -> str:
        return _("以后再看：{name}").format(name=self.stay["name"])

    def write(self, values: dict[str, Any]) -> str:
        day, note = values.get("until_on"), values.get("note") or ""
        inpatient.look_later(self.stay["id"], until_on=day, note=note, seen=self.seen, by=self.actor)
        return self.address
