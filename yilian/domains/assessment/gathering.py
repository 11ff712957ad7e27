"""Values of a period's indicators for its members, each counted among the member's own rows. Unknown stays unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.abreast import Counted, evaluate_abreast
from yilian.kernel.indicators.catalogue import definitions
from yilian.kernel.indicators.evaluation import Value, evaluate
from yilian.kernel.indicators.freezing import freeze_all
from yilian.kernel.indicators.indicator import Indicator
from yilian.kernel.indicators.live import is_live
from yilian.kernel.indicators.models import IndicatorSnapshot
from yilian.kernel.indicators.results import totals
from yilian.registry.models import Membership


@dataclass(frozen=True)
class Place:
    """A member to be measured, in the part of the period in which it belonged to the consortium."""

    institution_id: int
    name: str
    period: Period

    @property
    def eye(self) -> Actor:
        """Return who sees exactly this member's rows."""
        return system_actor(_("系统时钟"), self.institution_id, self.name)


def places_of(rows: Iterable[Membership], period: Period) -> list[Place]:
    """Return where each membership is measured: from joining to leaving, within the period."""
    found = []
    for row in rows:
        first, last = max(period.first, row.since_on), min(period.last, row.until_on or period.last)
        if first <= last:
            found.append(Place(row.institution_id, row.institution.name, Period(first, last)))
    return found


def gather(
    items: Iterable[Mapping[str, Any]], places: Iterable[Place], consortium_id: int, *, freeze_by: Actor | None = None
) -> dict[int, dict[str, dict[str, Any]]]:
    """Return {institution: {item: line}} of every item with an indicator; with `freeze_by` each value is frozen too.

    Values, parts and digests are text, so that a line reads the same wherever it is kept.
    """
    wanted, places = [item for item in items if item["indicator"]], list(places)
    by_period: dict[Period, list[Place]] = {}
    for place in places:
        by_period.setdefault(place.period, []).append(place)
    found = [one for together in by_period.values() for one in _measured(wanted, together, consortium_id, freeze_by)]
    gaps = {place.institution_id: fed_gaps(wanted, place, consortium_id) for place in places}
    frozen: list[Any] = [None] * len(found)
    if freeze_by is not None:
        pairs = [(counted.value, counted.rows_digest) for _item, _place, counted in found]
        frozen = list(freeze_all(pairs, by=freeze_by, ground=_("综合考核")))
    lines: dict[int, dict[str, dict[str, Any]]] = {
        place.institution_id: {} for together in by_period.values() for place in together
    }
    for (item, place, counted), snapshot in zip(found, frozen, strict=True):
        gap = gaps[place.institution_id].get(item["indicator"], {})
        lines[place.institution_id][item["key"]] = _line(counted, snapshot) | gap
    for item in wanted:
        if item["kind"] == "rank":
            _rank(item, lines.values())
    return lines


def measure(item: Mapping[str, Any], place: Place, consortium_id: int) -> Value:
    """Evaluate one item for one member, in the scope of that member."""
    return evaluate(item["indicator"], place.institution_id, consortium_id, period=place.period)


def fed_gaps(items: Iterable[Mapping[str, Any]], place: Place, consortium_id: int) -> dict[str, dict[str, int]]:
    """Return {indicator: what its value does not say by itself} of those counted from what members feed.

    `missing`: how many months of the period were not fed. `definitions`: by how many definitions the others were
    counted, where that is more than one. Indicators of which neither is to be said are left out.
    """
    known = definitions({item["indicator"] for item in items}, consortium_id)
    fed = [key for key, one in known.items() if one.formula and not is_live(one.formula)]
    if not fed:
        return {}
    with scope(place.eye):
        found = totals(fed, institution_ids=[place.institution_id], consortium_id=consortium_id, period=place.period)
    said = {
        key: {"missing": total.months_missing, "definitions": total.definitions if total.definitions > 1 else 0}
        for key in fed
        for total in [found[key][place.institution_id]]
    }
    return {key: kept for key, gap in said.items() if (kept := {name: n for name, n in gap.items() if n})}


def _measured(
    items: list[Mapping[str, Any]], places: list[Place], consortium_id: int, freeze_by: Actor | None
) -> list[tuple[Mapping[str, Any], Place, Counted]]:
    """Measure members of one period: together where an indicator can be, else each in its own scope."""
    keys, period = [place.institution_id for place in places], places[0].period
    with scope(*(place.eye for place in places)):
        together = {key: evaluate_abreast(key, keys, consortium_id, period=period) for key in _indicators(items)}
    found, alone = [], [item for item in items if together[item["indicator"]] is None]
    for place in places:
        apart = _each(alone, place, consortium_id, freeze_by) if alone else {}
        for item in items:
            counted = together[item["indicator"]] or {}
            found.append((item, place, counted.get(place.institution_id) or apart[item["key"]]))
    return found


def _indicators(items: Iterable[Mapping[str, Any]]) -> set[str]:
    return {item["indicator"] for item in items}


def _each(
    items: list[Mapping[str, Any]], place: Place, consortium_id: int, freeze_by: Actor | None
) -> dict[str, Counted]:
    """Measure what only one member at a time can be asked about, in its own scope."""
    with scope(place.eye):
        values = [(item["key"], measure(item, place, consortium_id)) for item in items]
        return {key: Counted(value, value.rows_digest() if freeze_by else b"") for key, value in values}


def _line(counted: Counted, snapshot: IndicatorSnapshot | None) -> dict[str, Any]:
    value = counted.value
    line = {
        "value": None if value.value is None else str(value.value),
        "part": None if value.part is None else str(value.part),
        "whole": None if value.whole is None else str(value.whole),
        "definition": value.indicator.definition_digest.hex(),
        "says": _says(value.indicator),
    }
    if snapshot is not None:
        line |= {"rows": counted.rows_digest.hex(), "frozen": snapshot.pk}
    return line


def _says(indicator: Indicator) -> dict[str, str]:
    """Return the definition in words, so that a snapshot can be read where the indicator is not known."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "title": str(indicator.title), "unit": str(indicator.unit), "part": str(indicator.part_says),
            "whole": str(indicator.whole_says), "formula": indicator.definition,
        }  # fmt: skip


def _rank(item: Mapping[str, Any], sheets: Iterable[dict[str, dict[str, Any]]]) -> None:
    """Note the place of each known value among all known ones; equal values share the better place."""
    lines = [sheet[item["key"]] for sheet in sheets if sheet[item["key"]]["value"] is not None]
    values = [Decimal(line["value"]) for line in lines]
    is_down = item["terms"].get("order") == "down"
    for line, mine in zip(lines, values, strict=True):
        better = [one for one in values if (one < mine if is_down else one > mine)]
        line.update(rank=len(better) + 1, among=len(values))
