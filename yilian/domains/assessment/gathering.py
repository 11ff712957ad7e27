"""Values of a period's indicators for its members, each counted among the member's own rows. Unknown stays unknown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.evaluation import Value, evaluate
from yilian.kernel.indicators.freezing import freeze
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
    wanted = [item for item in items if item["indicator"]]
    lines = {place.institution_id: _lines(wanted, place, consortium_id, freeze_by) for place in places}
    for item in wanted:
        if item["kind"] == "rank":
            _rank(item, lines.values())
    return lines


def measure(item: Mapping[str, Any], place: Place, consortium_id: int) -> Value:
    """Evaluate one item for one member, in the scope of that member."""
    return evaluate(item["indicator"], place.institution_id, consortium_id, period=place.period)


def _lines(
    items: list[Mapping[str, Any]], place: Place, consortium_id: int, by: Actor | None
) -> dict[str, dict[str, Any]]:
    with scope(place.eye):
        values = [
            (item, value, value.rows_digest() if by else b"") for item, value in _measured(items, place, consortium_id)
        ]
    return {item["key"]: _line(value, digest, by) for item, value, digest in values}


def _measured(
    items: list[Mapping[str, Any]], place: Place, consortium_id: int
) -> Iterator[tuple[Mapping[str, Any], Value]]:
    for item in items:
        yield item, measure(item, place, consortium_id)


def _line(value: Value, rows_digest: bytes, by: Actor | None) -> dict[str, Any]:
    line = {
        "value": None if value.value is None else str(value.value),
        "part": None if value.part is None else str(value.part),
        "whole": None if value.whole is None else str(value.whole),
        "definition": value.indicator.definition_digest.hex(),
    }
    if by is not None:
        line["rows"] = rows_digest.hex()
        line["frozen"] = freeze(value, by=by, ground=_("综合考核"), rows_digest=rows_digest).pk
    return line


def _rank(item: Mapping[str, Any], sheets: Iterable[dict[str, dict[str, Any]]]) -> None:
    """Note the place of each known value among all known ones; equal values share the better place."""
    lines = [sheet[item["key"]] for sheet in sheets if sheet[item["key"]]["value"] is not None]
    values = [Decimal(line["value"]) for line in lines]
    is_down = item["terms"].get("order") == "down"
    for line, mine in zip(lines, values, strict=True):
        better = [one for one in values if (one < mine if is_down else one > mine)]
        line.update(rank=len(better) + 1, among=len(values))
