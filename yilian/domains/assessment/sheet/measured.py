"""What a line's indicator comes to today, beside what was locked: corrections after the lock are shown, not hidden."""

from dataclasses import dataclass
from typing import Any

from yilian.domains.assessment.gathering import Place, measure
from yilian.domains.assessment.models import Sheet
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.catalogue import is_known
from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.indicators.indicator import Indicator


@dataclass(frozen=True)
class Measured:
    """The definition of a line's value, its value today, and what has changed since it was locked."""

    indicator: Indicator
    value: Value
    rows_changed: bool
    definition_changed: bool

    @property
    def now(self) -> str:
        """The value of today in words."""
        return self.value.shown

    @property
    def drifted(self) -> bool:
        return self.rows_changed or self.definition_changed


def measured(sheet: Sheet, item: dict[str, Any]) -> Measured | None:
    """Measure a line anew among the member's own rows; None for an indicator that is no longer declared."""
    line = sheet.lines.get(item["key"], {})
    if not is_known(item["indicator"]):
        return None
    place = Place(sheet.member_id, str(sheet.member), Period(sheet.first_on, sheet.last_on))
    with scope(place.eye):
        value = measure(item, place, sheet.consortium_id)
        rows = value.rows_digest().hex()
    is_locked = bool(line.get("frozen"))
    indicator = value.indicator
    return Measured(
        indicator, value, is_locked and rows != line["rows"],
        is_locked and indicator.definition_digest.hex() != line["definition"],
    )  # fmt: skip
