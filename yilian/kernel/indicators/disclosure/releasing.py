"""Handing out a year of an indicator: institutions by months with their totals, small cells hidden once and for all.

What is hidden is not in the row that is kept, so that whoever reads it, on whichever exit, reads suppressed facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.catalogue import definition
from yilian.kernel.indicators.disclosure import parameters
from yilian.kernel.indicators.disclosure.hiding import NotProtectedError, hidden_cells
from yilian.kernel.indicators.disclosure.table import TOTAL, Pair, Spot, Table, Threshold
from yilian.kernel.indicators.indicator import Indicator
from yilian.kernel.indicators.models import Measured, Release
from yilian.kernel.indicators.results import Point, counts_by_consortium, series
from yilian.kernel.indicators.spans import number
from yilian.kernel.indicators.tree import Aggregate, Verb
from yilian.kernel.rules.values import value_of

OTHERS = -1
"""The row of what was counted in the consortium at institutions that the reader no longer sees by name."""
HIDDEN = "hidden"
MONTHS = range(1, 13)


class ReleaseRefused(ValueError):
    """A year of an indicator is not handed out; the message says why."""


@dataclass(frozen=True)
class _Counted:
    """What was counted in a consortium in a year, by how many definitions, and who is left out of it."""

    table: Table
    definitions: int
    left_out: frozenset[int]

    @cached_property
    def places(self) -> list[int]:
        """Return the rows, the others last."""
        rows = {place for place, _month in self.table.inner}
        return [*sorted(rows - {OTHERS}), *sorted(rows & {OTHERS})]


def release(key: str, consortium_id: int, year: int, *, by: Actor) -> Release:
    """Hand out a year of an indicator as the actor's scope shows it, and keep what was handed out.

    Raises ReleaseRefused for what cannot be added up, is not over, is not seen whole by the actor or could be worked
    out from what was shown before; UnknownKeyError.
    """
    indicator = definition(key, consortium_id)
    threshold = threshold_of(indicator, consortium_id)
    if year >= clock.today().year or year < date.min.year:
        raise ReleaseRefused(_("{year} 年尚未结束，只能发布已结束的年度").format(year=year))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"release {key} {year}"])
        counted = _counted(indicator, consortium_id, year)
        before, shown = _known_already(key, consortium_id, year, counted.places)
        try:
            hidden = hidden_cells(counted.table, threshold, before=before, shown=shown)
        except NotProtectedError:
            raise ReleaseRefused(_("此前发布的数加上这次的数，会推出小于阈值的计数，不能发布")) from None
        return _keep(indicator, consortium_id, year, counted, hidden, threshold, by)


def threshold_of(indicator: Indicator, consortium_id: int | None) -> Threshold:
    """Return what a number must reach to leave this consortium. Raises ReleaseRefused for what cannot be judged."""
    if not indicator.is_additive:
        raise ReleaseRefused(_("此指标各月、各机构不能相加（按人去重或即时计算），不按月对外发布"))
    assert indicator.formula
    part, *whole = (_is_count(tree) for tree in indicator.formula.aggregates)
    if not part and not any(whole):
        raise ReleaseRefused(_("此指标的分子分母都不是计数，无从判断涉及多少人，不对外发布"))
    smallest = [
        int(str(value_of(parameter.key, consortium_id=consortium_id))) if declared is None else declared
        for declared, parameter in (
            (indicator.small_cell, parameters.SMALLEST_COUNT), (indicator.small_whole, parameters.SMALLEST_WHOLE),
        )
    ]  # fmt: skip
    return Threshold(smallest[0] if part else None, smallest[1] if any(whole) else None)


def newest(key: str | None = None) -> list[Release]:
    """Return the releases that stand: the last of each indicator, consortium and year; the latest year first."""
    rows = Release.objects.filter(key=key) if key else Release.objects.all()
    last = rows.order_by("key", "consortium_id", "year", "-id").distinct("key", "consortium_id", "year")
    found = last.select_related("consortium").defer("table")
    return sorted(found, key=lambda row: (-row.year, row.title, row.consortium_id))


def _is_count(tree: Aggregate) -> bool:
    return tree.verb is Verb.COUNT


def _counted(indicator: Indicator, consortium_id: int, year: int) -> _Counted:
    """Read what was counted. Raises ReleaseRefused for what the actor does not see whole.

    Numbers of rows that name their consortium: what is missing to those of the consortium is kept as one row. Other
    numbers are those of whole institutions: each is handed out in one table only, for two could be held together.
    """
    period = Period(date(year, 1, 1), date(year, 12, 31))
    together = series([indicator.key], consortium_id=consortium_id, period=period)[indicator.key].get(None, [])
    if not together:
        raise ReleaseRefused(_("您看不到这个医联体 {year} 年的合计，或该年没有结果").format(year=year))
    is_own = counts_by_consortium(indicator)
    members, elsewhere = _members(consortium_id, year), frozenset[int]()
    places = {place for place, _month in members}
    if is_own:
        places |= _counted_here(indicator.key, consortium_id, year)
    else:
        elsewhere = _elsewhere(indicator.key, consortium_id, year) & places
    found = series([indicator.key], institution_ids=places - elsewhere, consortium_id=consortium_id, period=period)
    inner = {
        (place, point.month.month): pair
        for place, points in found[indicator.key].items() if place is not None
        for point in points if is_own or (place, number(point.month)) in members
        if (pair := _pair(point)) is not None
    }  # fmt: skip
    if is_own:
        inner |= _rest(inner, together)
    if not inner:
        raise ReleaseRefused(_("成员单位这一年的数都已在别的医联体发布，或没有结果"))
    return _Counted(Table(inner), len({point.digest for point in together}), elsewhere)


def _members(consortium_id: int, year: int) -> set[Spot]:
    """Return which institutions were members in which months (yyyymm)."""
    held = belonging.members(year * 100 + 1, year * 100 + 12)
    return {(place, month) for place, circle, month in held if circle == consortium_id}


def _counted_here(key: str, consortium_id: int, year: int) -> set[int]:
    rows = Measured.objects.filter(key=key, consortium=consortium_id, month__year=year, institution__isnull=False)
    return set(rows.order_by().values_list("institution_id", flat=True).distinct())


def _elsewhere(key: str, consortium_id: int, year: int) -> frozenset[int]:
    """Return the institutions whose numbers another consortium handed out."""
    rows = Release.objects.filter(key=key, year=year).exclude(consortium=consortium_id).values_list("table", flat=True)
    return frozenset(place["id"] for table in rows for place in table["places"])


def _pair(point: Point) -> Pair | None:
    return None if point.part is None else Pair(point.part, point.whole)


def _rest(inner: Mapping[Spot, Pair], together: Iterable[Point]) -> dict[Spot, Pair]:
    """Return what the months of the consortium hold beyond its institutions. Raises ReleaseRefused if it is less."""
    found: dict[Spot, Pair] = {}
    for point in together:
        whole, month = _pair(point), point.month.month
        if whole is None:
            continue
        seen = [pair for (_place, at), pair in inner.items() if at == month]
        part = whole.part - sum(pair.part for pair in seen)
        of = None if whole.whole is None else whole.whole - sum(pair.whole or 0 for pair in seen)
        if part < 0 or (of or 0) < 0:
            raise ReleaseRefused(_("各机构的数与医联体的合计不一致，请在指标重新计算之后再发布"))
        if part or of:
            found[OTHERS, month] = Pair(part, of)
    return found


def _known_already(key: str, consortium_id: int, year: int, places: list[int]) -> tuple[set[Spot], set[Spot]]:
    """Return what the last release of this table hid and what it showed. Raises ReleaseRefused for other rows."""
    last = Release.objects.filter(key=key, consortium=consortium_id, year=year).first()
    if last is None:
        return set(), set()
    if [row["id"] for row in last.table["places"]] != places:
        raise ReleaseRefused(_("所列机构与上次发布的不同，两次对照会推出被隐藏的数，不能再次发布"))
    spots = dict(_spots(last.table))
    hidden = {spot for spot, cell in spots.items() if cell == HIDDEN}
    return hidden, {spot for spot, cell in spots.items() if cell is not None} - hidden


def _spots(table: Mapping[str, Any]) -> Iterable[tuple[Spot, Any]]:
    for row in (*table["places"], table["total"]):
        yield from (((row["id"], month), cell) for month, cell in zip(MONTHS, row["months"], strict=True))
        yield (row["id"], TOTAL), row["year"]


def _keep(
    indicator: Indicator, consortium_id: int, year: int, counted: _Counted, hidden: frozenset[Spot],
    threshold: Threshold, by: Actor,
) -> Release:  # fmt: skip
    cells = {spot: HIDDEN if spot in hidden else _cell(indicator, pair) for spot, pair in counted.table.cells.items()}
    with translation.override("zh-hans"):
        names = _names([*counted.places, *counted.left_out]) | {OTHERS: _("其他机构（含已退出的）"), TOTAL: _("合计")}
        title, unit = str(indicator.title), str(indicator.unit)
    rows = [
        {"id": place, "name": names[place], "months": [cells.get((place, month)) for month in MONTHS],
         "year": cells.get((place, TOTAL))}
        for place in (*counted.places, TOTAL)
    ]  # fmt: skip
    left_out = [names[place] for place in sorted(counted.left_out)]
    return Release.objects.create(
        key=indicator.key, title=title, unit=unit, consortium_id=consortium_id, year=year,
        table={"places": rows[:-1], "total": rows[-1], "left_out": left_out}, smallest_count=threshold.part or 0,
        smallest_whole=threshold.whole or 0, hidden=len(hidden), definitions=counted.definitions,
        released_at=clock.now(), released_by_id=by.user_id, released_by_name=by.name,
        released_for_id=by.institution_id,
    )  # fmt: skip


def _cell(indicator: Indicator, pair: Pair) -> dict[str, Any]:
    worth = indicator.worth(pair.part, pair.whole)
    return {"part": pair.part, "whole": pair.whole, "value": None if worth is None else str(worth)}


def _names(places: Iterable[int]) -> dict[int, str]:
    model = apps.get_model(settings.INSTITUTION_MODEL)
    return dict(model._default_manager.filter(pk__in=list(places)).values_list("pk", "name"))
