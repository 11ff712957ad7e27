"""Gathers what the cockpit shows from stored results: the same few statements whatever the size of the consortium."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from yilian.kernel.charts.plot import Curve, Frame, Number, Plot
from yilian.kernel.clock.periods import Period, add_months
from yilian.kernel.indicators.indicator import Direction
from yilian.kernel.indicators.results import Point, Total, series, totals
from yilian.registry.models import Institution
from yilian.reports.cockpit.figures import CHARTS, HEADLINES, LEAGUES, Chart, Figure, Shown, as_of, in_figures, keys_of
from yilian.reports.cockpit.watching import View

MONTHS = 36
BEST, BESIDE = 8, 4
"""Members that a league names, and those that fit beside the map."""
CHART, SMALL = Frame(width=640, height=250), Frame(width=400, height=230)


@dataclass(frozen=True)
class Trend:
    """A chart; title, latest known number in words and address of each of its lines; and where the first stands."""

    title: str
    plot: Plot
    latest: tuple[tuple[str, str, str], ...]
    address: str


@dataclass(frozen=True)
class Place:
    """A member in a league: its value in words, the length of its bar (0 to 100), and where its rows are."""

    name: str
    words: str
    base: str
    length: int
    address: str


@dataclass(frozen=True)
class League:
    """Members by one indicator, the best first; those about whom nothing is known are counted, not ranked."""

    title: str
    unit: str
    places: tuple[Place, ...]
    unknown: int

    @property
    def first(self) -> tuple[Place, ...]:
        """As many as fit beside the map."""
        return self.places[:BESIDE]


@dataclass(frozen=True)
class Board:
    """Everything that comes from stored results."""

    figures: tuple[Figure, ...]
    first_trend: Trend
    trends: tuple[Trend, ...]
    leagues: tuple[League, ...]
    as_of: datetime | None


def gather(view: View, period: Period, members: Sequence[Institution], today: date) -> Board:
    """Return the board by four statements."""
    keys = keys_of(*HEADLINES)
    now, before = view.totals(keys, period), view.totals(keys, period.before())
    figures = tuple(
        Figure(shown, now[shown.key], before[shown.key], _address(shown, period, view.scope)) for shown in HEADLINES
    )
    first, *trends = _trends(view, today)
    return Board(figures, first, tuple(trends), tuple(_leagues(view, period, members)), as_of([*now.values()]))


def _address(shown: Shown, period: Period, scope: str) -> str:
    return f"/indicators/{shown.key}/?period={period.label}&scope={scope}"


def _trends(view: View, today: date) -> list[Trend]:
    """Return the first chart in small, then all of them: whole months, for the running one would seem to fall."""
    running = today.replace(day=1)
    months = [add_months(running, number - MONTHS) for number in range(MONTHS)]
    place = view.institution_id
    lines = [shown for chart in CHARTS for shown in chart.lines]
    found = series(
        keys_of(*lines), institution_ids=None if place is None else [place], consortium_id=view.consortium_id,
        period=Period(months[0], running - timedelta(days=1)),
    )  # fmt: skip
    points = {key: by_place.get(place, []) for key, by_place in found.items()}
    wanted = [(CHARTS[0], SMALL), *((chart, CHART) for chart in CHARTS)]
    return [_trend(chart, frame, points, months, view) for chart, frame in wanted]


def _trend(chart: Chart, frame: Frame, found: Mapping[str, list[Point]], months: Sequence[date], view: View) -> Trend:
    steps = [f"{month:%Y-%m}" for month in months]
    lines: list[tuple[str, list[Number | None]]] = []
    for shown in chart.lines:
        by_month = {point.month: point.value for point in found[shown.key]}
        lines.append((str(shown.indicator.title), [by_month.get(month) for month in months]))
    plot = Plot(steps, lines, frame=frame, marks=frame.width // 130)
    asked = f"?period={steps[-1]}&scope={view.scope}"
    pairs = zip(plot.curves, chart.lines, strict=True)
    latest = tuple((curve.title, _latest(curve), f"/indicators/{shown.key}/{asked}") for curve, shown in pairs)
    address = f"/indicators/{chart.lines[0].key}/{asked}"
    return Trend(str(chart.title), plot, latest, address)


def _latest(curve: Curve) -> str:
    """Return the latest known number of a line and its month; 无数据 where there is none."""
    if curve.last is None:
        return in_figures(None)
    value = curve.last.value
    return f"{in_figures(value if isinstance(value, int) else Decimal(str(value)))} ({curve.last.step})"


def _leagues(view: View, period: Period, members: Sequence[Institution]) -> list[League]:
    """Return the leagues; somebody who oversees nothing sees only the own place in them."""
    places = [place for place in members if view.institution_id in (None, place.pk)]
    found = totals(
        keys_of(*LEAGUES), institution_ids=[place.pk for place in places], consortium_id=view.consortium_id,
        period=period,
    )  # fmt: skip
    return [_league(shown, found[shown.key], places, period) for shown in LEAGUES]


def _league(shown: Shown, found: dict[int | None, Total], places: Sequence[Institution], period: Period) -> League:
    known = [(place, found[place.pk]) for place in places if found[place.pk].value is not None]
    falls = shown.indicator.direction != Direction.DOWN
    known.sort(key=lambda pair: (-pair[1].value if falls else pair[1].value, -(pair[1].whole or 0), pair[0].pk))  # type: ignore[operator]
    most = max((total.value for _place, total in known if total.value), default=Decimal(1))
    return League(
        str(shown.indicator.title),
        str(shown.indicator.unit),
        tuple(
            Place(
                place.short_name or place.name, in_figures(total.value), Figure(shown, total, total, "").base,
                round(100 * (total.value or 0) / most), _address(shown, period, f"at{place.pk}"),
            )
            for place, total in known[:BEST]
        ),
        len(places) - len(known),
    )  # fmt: skip
