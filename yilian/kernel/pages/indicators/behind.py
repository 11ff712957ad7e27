"""What stands behind one number: its trend, the institutions beside each other, and what is not covered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.clock.periods import Period, add_months, add_years
from yilian.kernel.indicators.catalogue import history
from yilian.kernel.indicators.disclosure.releasing import ReleaseRefused, threshold_of
from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.indicators.indicator import Direction, Extent, Indicator, indicators
from yilian.kernel.indicators.models import Definition, Measured
from yilian.kernel.indicators.results import Point, Total, series, totals
from yilian.kernel.pages.indicators.asked import Scope
from yilian.kernel.pages.indicators.lines import Line, met, partly

FULL = 100
ONE_DAY = timedelta(days=1)
MOST_MONTHS = 12


@dataclass(frozen=True)
class Standing:
    """One institution of a comparison. `share` is the length of its bar in percent of the longest."""

    scope: Scope
    value: Value
    total: Total
    share: Decimal | None

    @property
    def said(self) -> str:
        return partly(self.total)

    @property
    def met(self) -> bool | None:
        return met(self.value.indicator, self.value.value)


@dataclass(frozen=True)
class Gap:
    """Institutions that lack a result for the same months of the period."""

    months: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One definition an indicator was counted by, and the months for which results by it are there."""

    digest: str
    first: date
    last: date
    is_current: bool


@dataclass(frozen=True)
class Change:
    """What the same period of the year before came to, and how the value differs from it, in words."""

    before: Value
    said: str


def change_of(line: Line, scope: Scope) -> Change | None:
    """Return the change on the year before; None when either year is unknown. One statement."""
    now, period, indicator = line.value, line.value.extent.period, line.indicator
    earlier = Period(add_years(period.first, -1), add_months(period.last + ONE_DAY, -12) - ONE_DAY)
    place = scope.institution_id
    places = None if place is None else [place]
    found = totals([indicator.key], institution_ids=places, consortium_id=scope.consortium_id, period=earlier)
    before = Value(indicator, Extent(earlier, place, scope.consortium_id), found[indicator.key][place].value)
    if now.value is None or before.value is None or indicator.grades:
        return None
    return Change(before, _growth(now.value, before.value, is_share=str(indicator.unit) == "%"))


def _growth(now: Decimal, before: Decimal, *, is_share: bool) -> str:
    """Return the difference in words: in percentage points for a share, else as a rate of growth."""
    if is_share:
        return _("{points} 个百分点").format(points=f"{now - before:+.2f}")
    return f"{(now - before) * FULL / before:+.1f}%" if before else ""


def leaving(indicator: Indicator, consortium: int | None) -> str:
    """Return in words what is hidden of this indicator when a year of it is handed out, or why it never is."""
    try:
        smallest = threshold_of(indicator, consortium)
    except ReleaseRefused as refused:
        return str(refused)
    said = []
    if smallest.part is not None:
        said.append(_("计数小于 {n} 的").format(n=smallest.part))
    if smallest.whole is not None:
        said.append(_("分母小于 {n} 的").format(n=smallest.whole))
    return _("按年发布；{cells}及可推出它们的格隐藏").format(cells=_("、").join(said))


def points_of(key: str, scope: Scope, span: Period) -> list[Point]:
    """Return the known months of a span, oldest first."""
    place = scope.institution_id
    places = None if place is None else [place]
    found = series([key], institution_ids=places, consortium_id=scope.consortium_id, period=span)
    return found[key].get(place, [])


def standings(indicator: Indicator, places: Iterable[Scope], period: Period, consortium: int | None) -> list[Standing]:
    """Return these institutions beside each other, the best first and the unknown ones last."""
    by_key = {scope.institution_id: scope for scope in places if scope.institution_id is not None}
    found = totals([indicator.key], institution_ids=list(by_key), consortium_id=consortium, period=period)
    rows = found[indicator.key]
    known = [abs(total.value) for total in rows.values() if total.value is not None]
    longest = max(known, default=Decimal(0))
    lines = [_standing(indicator, by_key[key], total, period, longest) for key, total in rows.items() if key in by_key]
    best = -1 if indicator.direction != Direction.DOWN else 1
    return sorted(lines, key=lambda line: (line.value.value is None, best * (line.value.value or 0), line.scope.title))


def circles(indicator: Indicator, scopes: Iterable[Scope], period: Period) -> list[Standing]:
    """Return the consortia of which the reader sees a result beside each other, the best first; one statement each."""
    found = {}
    for scope in scopes:
        total = totals([indicator.key], consortium_id=scope.consortium_id, period=period)[indicator.key][None]
        if total.value is not None:
            found[scope] = total
    longest = max((abs(total.value) for total in found.values() if total.value is not None), default=Decimal(0))
    lines = [_standing(indicator, scope, total, period, longest) for scope, total in found.items()]
    best = -1 if indicator.direction != Direction.DOWN else 1
    return sorted(lines, key=lambda line: (best * (line.value.value or 0), line.scope.title))


def _standing(indicator: Indicator, scope: Scope, total: Total, period: Period, longest: Decimal) -> Standing:
    part, whole = (None if number is None else Decimal(number) for number in (total.part, total.whole))
    value = Value(indicator, Extent(period, scope.institution_id), total.value, part, whole)
    has_bar = total.value is not None and total.value >= 0 and longest
    share = round(total.value * FULL / longest, 1) if has_bar and total.value is not None else None
    return Standing(scope, value, total, share)


def gaps(key: str, places: Iterable[Scope], period: Period, consortium: int | None = None) -> list[Gap]:
    """Return the months of the period that lack a result, and for whom; months to come are left out."""
    titles = {scope.institution_id: scope.title for scope in places if scope.institution_id is not None}
    wanted = _months(period)
    found: Mapping[int | None, list[Point]] = series(
        [key], institution_ids=list(titles), consortium_id=None if key in indicators else consortium, period=period
    )[key]
    lacking: dict[tuple[str, ...], list[str]] = {}
    for place, title in titles.items():
        held = {point.month for point in found.get(place, [])}
        lacking.setdefault(tuple(f"{month:%Y-%m}" for month in wanted if month not in held), []).append(title)
    return [Gap(months, tuple(named)) for months, named in lacking.items() if months]


def _months(period: Period) -> list[date]:
    first, last = period.first.replace(day=1), min(period.last, clock.today())
    months = [add_months(first, place) for place in range(MOST_MONTHS)]
    return [month for month in months if month <= last]


def adopted(key: str, consortium: int | None) -> list[Definition]:
    """Return the definitions that a consortium adopted of an indicator, the latest first."""
    return [] if consortium is None else history(key, consortium)[::-1]


def editions(indicator: Indicator) -> list[Edition]:
    """Return the definitions by which results of this indicator were counted, the latest first."""
    rows = Measured.objects.filter(key=indicator.key, months=1).order_by().values("definition_digest")
    found = rows.annotate(first=Min("month"), last=Max("month"))
    current = indicator.definition_digest
    listed = [
        Edition(
            bytes(row["definition_digest"]).hex()[:8],
            row["first"],
            row["last"],
            bytes(row["definition_digest"]) == current,
        )
        for row in found
    ]
    return sorted(listed, key=lambda edition: (edition.last, edition.first), reverse=True)
