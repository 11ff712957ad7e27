"""`/cockpit/`: the screens of a consortium; `/cockpit/flow/` and `/cockpit/late/`: the cases behind them."""

from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import audit, clock
from yilian.kernel.clock.periods import BadPeriodError, Period, parse, period_of
from yilian.kernel.indicators.standing import standing
from yilian.kernel.lake.fact import facts
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.models import Case
from yilian.registry import known
from yilian.reports.cockpit import board, watching
from yilian.reports.cockpit.flows import DIRECTIONS, FACT, flows
from yilian.reports.cockpit.late import COUNTED, late_cases
from yilian.reports.cockpit.map import make_map
from yilian.reports.cockpit.menu import READERS
from yilian.reports.cockpit.waiting import stages
from yilian.reports.cockpit.watching import ALL, View

LENGTHS = (12, 3, 1)
PAGE = 50


class CockpitPage(Page):
    """What the screens and their rows share: whom they are about, and which period."""

    @cached_property
    def views(self) -> list[View]:
        """What the reader may look at; an authority that oversees several begins with all of them."""
        found = watching.views_for(self.actor, clock.today())
        if len(found) > 1 and found[0].institution_id is None:
            everything = View(ALL, _("全部医联体"))
            return [everything, *found] if self.actor.may("authority") else [*found, everything]
        return found

    @cached_property
    def view(self) -> View | None:
        wanted = self.request.GET.get("consortium", "")
        return next((view for view in self.views if view.key == wanted), next(iter(self.views), None))

    @cached_property
    def period(self) -> Period:
        """The period asked for, else the running year; always a month, quarter, half year or year."""
        try:
            asked = parse(self.request.GET.get("period", ""))
        except BadPeriodError:
            asked = None
        return asked if asked and asked.months else period_of(clock.today(), 12)

    def periods(self) -> list[str]:
        """Return the labels of the running year, quarter and month, and of those before."""
        usual = [period_of(clock.today(), months) for months in LENGTHS]
        return [period.label for pair in usual for period in (pair, pair.before())]


class Cockpit(CockpitPage):
    """`/cockpit/`: key figures, flows, trends, leagues and what is late, as of the last counting."""

    template = "cockpit/cockpit.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        answer = self.show(self._context())
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _context(self) -> dict[str, Any]:
        view, today = self.view, clock.today()
        shared = {"views": self.views, "view": view, "period": self.period, "periods": self.periods(),
                  "now": clock.now()}  # fmt: skip
        if view is None:
            return shared
        members = watching.members_of_view(view, today)
        moving = flows(view.consortium_id, self.period)
        lead = view.consortium.lead_id if view.consortium else None
        shown, stands = board.gather(view, self.period, members, today), standing()
        return shared | {
            "board": shown,
            "standing": stands,
            "stages": () if shown.as_of else stages(members, today, stands),
            "members": len(members),
            "flows": moving,
            "map": make_map(members, moving, lead),
            "late": late_cases(view.consortium_id),
        }


class LateRows(CockpitPage):
    """`/cockpit/late/`: everything late that the screen counts, with whoever has to act."""

    template = "cockpit/late_rows.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        if self.view is None:
            raise Http404
        audit.record(self.actor, "viewed", object_kind="cockpit", object_id="late")
        late = late_cases(self.view.consortium_id, most=COUNTED)
        answer = self.show({"late": late, "most": COUNTED, "view": self.view, "period": self.period})
        answer.headers["Cache-Control"] = "no-store"
        return answer


class FlowRows(CockpitPage):
    """`/cockpit/flow/?sender=…&receiver=…&direction=…`: referrals behind an arrow, or all, as far as one sees them."""

    template = "cockpit/flow.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        direction = request.GET.get("direction", "")
        is_all = not (direction or "sender" in request.GET or "receiver" in request.GET)
        if self.view is None or not (is_all or direction in DIRECTIONS):
            raise Http404
        sender, receiver = (None, None) if is_all else (self._place("sender"), self._place("receiver"))
        ends = (sender and sender.pk, receiver and receiver.pk)
        keys = self._keys(ends, direction)
        rows = Case.objects.in_bulk([key for key, _month in keys[:PAGE]], field_name="pk")
        by_key = {str(key): case for key, case in rows.items()}
        what = "all" if is_all else "{}-{}".format(*ends)
        audit.record(self.actor, "viewed", object_kind="cockpit", object_id=what)
        words = {str(key): title for key, title in facts[FACT].column("direction").choices.items()}
        answer = self.show({
            "sender": sender, "receiver": receiver, "direction": words.get(direction, direction),
            "rows": [by_key[key] for key, _month in keys[:PAGE] if key in by_key],
            "has_more": len(keys) > PAGE, "most": PAGE, "view": self.view, "period": self.period,
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _place(self, name: str) -> Any:
        text = self.request.GET.get(name, "")
        place = known.institution(int(text)) if text.isdecimal() and len(text) < 10 else None
        if place is None:
            raise Http404(name)
        return place

    def _keys(self, ends: tuple[int | None, int | None], direction: str) -> list[tuple[str, int]]:
        """Return key and month of the referrals, the newest first; row security narrows the view of the fact."""
        first, last = (day.year * 100 + day.month for day in (self.period.first, self.period.last))
        consortium = self.view.consortium_id if self.view else None
        with connection.cursor() as cursor:
            cursor.execute(
                f"""select row_key, month from {facts[FACT].view}
                  where (%(direction)s = '' or direction = %(direction)s)
                  and (%(sender)s::int is null or sender = %(sender)s)
                  and (%(receiver)s::int is null or receiver = %(receiver)s)
                  and receiver is not null and month between %(first)s and %(last)s
                  and (%(consortium)s::int is null or consortium = %(consortium)s)
                  order by month desc, row_key desc limit {PAGE + 1}""",
                {"sender": ends[0], "receiver": ends[1], "direction": direction, "first": first, "last": last,
                 "consortium": consortium},
            )  # fmt: skip
            return list(cursor.fetchall())
