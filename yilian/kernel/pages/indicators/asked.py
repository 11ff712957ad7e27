"""What the address asks for: `?period=2026Q3&scope=own|all|<consortium>|at<institution>`."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.clock.periods import BadPeriodError, Period, parse, period_of
from yilian.kernel.indicators.indicator import Extent
from yilian.kernel.indicators.places import places_for, seen_circles
from yilian.kernel.indicators.results import Total, totals
from yilian.kernel.indicators.standing import standing
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.lookups import lookups

OWN, ALL, AT = "own", "all", "at"
YEARS = range(1990, 2200)
BACK = {1: 13, 3: 6, 12: 4}
"""How many months, quarters and years are offered, the running ones included."""


@dataclass(frozen=True)
class Scope:
    """Whom the numbers are about: one institution, one consortium, or (neither) all that the reader sees."""

    key: str
    title: str
    institution_id: int | None = None
    consortium_id: int | None = None
    is_partial: bool = False
    """Whether the reader sees the own part of the consortium only."""


def period_asked(request: HttpRequest) -> Period:
    """Return the period of the address, else the running month; so too for a year nobody has numbers of."""
    asked = request.GET
    text = asked.get("period") or f"{asked.get('first', '')}..{asked.get('last', '')}"
    running = period_of(clock.today(), 1)
    with suppress(BadPeriodError, ValueError):  # also of a year that has no following one
        period = parse(text)
        return period if period.first.year in YEARS and period.last.year in YEARS else running
    return running


def periods_offered(length: int) -> list[str]:
    """Return the labels of the last months (1), quarters (3) or years (12), the running one first."""
    period = period_of(clock.today(), length)
    found = []
    for _place in range(BACK[length]):
        found.append(period.label)
        period = period.before()
    return found


class ExtentPage(Page):
    """A page about the numbers of a period and a scope."""

    @cached_property
    def period(self) -> Period:
        return period_asked(self.request)

    @cached_property
    def scopes(self) -> dict[str, Scope]:
        """Return whom this actor may ask about, by the word of the address; the own institution first."""
        own, *others = places_for(self.actor).items()
        circles = seen_circles(self.actor)
        resolve = lookups["consortium"].resolve
        named = [row for row in (resolve(self.actor, key, "") for key in sorted(circles)) if row]
        found = [
            Scope(OWN, own[1], institution_id=own[0]),
            *(
                Scope(str(row.value), row.label, consortium_id=int(row.value), is_partial=not circles[int(row.value)])
                for row in named
            ),
            *(Scope(f"{AT}{key}", name, institution_id=key) for key, name in others),
            Scope(ALL, _("全部可见")),
        ]
        return {scope.key: scope for scope in found}

    @cached_property
    def scope(self) -> Scope:
        """The scope asked for, else the own institution; an authority, which treats nobody, begins with all it sees."""
        usual = ALL if self.actor.may("authority") else OWN
        return self.scopes.get(self.request.GET.get("scope", usual)) or self.scopes[usual]

    @property
    def extent(self) -> Extent:
        return Extent(self.period, self.scope.institution_id, self.scope.consortium_id)

    @property
    def is_running(self) -> bool:
        """Whether the period has not ended yet."""
        return self.period.last >= clock.today()

    def stored(self, keys: list[str]) -> dict[str, Total]:
        """Return what was stored of these indicators for the period and scope, by one statement."""
        place = self.scope.institution_id
        places = None if place is None else [place]
        found = totals(keys, institution_ids=places, consortium_id=self.scope.consortium_id, period=self.period)
        return {key: by_place[place] for key, by_place in found.items()}

    def around(self) -> dict[str, Any]:
        """Return what the choice of period and scope shows."""
        offered = [(title, periods_offered(length)) for title, length in ((_("月"), 1), (_("季"), 3), (_("年"), 12))]
        is_offered = any(self.period.label in labels for _title, labels in offered)
        return {
            "period": self.period,
            "last_period": self.period.before().label,
            "next_period": self.period.after().label if self.is_running is False else "",
            "periods": offered if is_offered else [(_("所选"), [self.period.label]), *offered],
            "is_running": self.is_running,
            "standing": standing(),
            "scopes": self._scopes_by_kind(),
            "scope": self.scope,
        }

    def _scopes_by_kind(self) -> list[tuple[str, list[Scope]]]:
        rows = list(self.scopes.values())
        groups = (
            (_("本机构"), [row for row in rows if row.key == OWN]),
            (_("医联体"), [row for row in rows if row.consortium_id is not None]),
            (_("机构"), [row for row in rows if row.key.startswith(AT)]),
            (_("汇总"), [row for row in rows if row.key == ALL]),
        )
        return [(title, group) for title, group in groups if group]
