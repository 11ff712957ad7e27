"""What the demo's hospitals ask patients and staff: monthly surveys of patients, of staff each half year."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from yilian.kernel.indicators.spans import first_day
from yilian.registry.models import Institution

if TYPE_CHECKING:
    import pyarrow as pa

GROUPS = {"outpatient": (120, 88, 1), "inpatient": (60, 92, 1), "staff": (80, 81, 6)}
"""Copies of a survey, the share of them that is satisfied in percent, and how many months apart surveys are."""
GAIN, WAVES = 6, (0, 2, 1, -1, 3, -2, 1)


def surveys(places: Sequence[Institution], months: Sequence[int]) -> "pa.Table":
    """Return a row for each survey of hospitals and of one clinic in two; the others ask nobody."""
    import pyarrow as pa

    asking = [place for number, place in enumerate(places) if (place.tier or 0) >= 2 or number % 2]
    return pa.Table.from_pylist([row for place in asking for row in _of(place, months)])


def _of(place: Institution, months: Sequence[int]) -> Iterator[dict[str, Any]]:
    serial, size = 0, (place.tier or 1) + 1
    for group, (copies, share, apart) in GROUPS.items():
        for number, month in enumerate(months, 1):
            if number % apart:
                continue
            serial += 1
            wave = WAVES[(number + place.pk + serial) % len(WAVES)]
            sent = copies * size // 4
            returned = sent * (86 + wave) // 100
            satisfied = returned * (share - place.pk % 5 + wave + GAIN * number // len(months)) // 100
            yield {
                "i": serial, "institution": place.pk, "asked": group, "on": first_day(month), "sent": sent,
                "returned": returned, "satisfied": min(satisfied, returned),
            }  # fmt: skip
