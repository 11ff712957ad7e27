"""Reading stored results: one statement each, however many indicators, institutions and months are asked for.

Row security decides which results are seen. What is not there is unknown, never zero: a month in which nothing
happened has a row that says 0.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from yilian.kernel import clock
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.catalogue import definitions
from yilian.kernel.indicators.indicator import Indicator
from yilian.kernel.indicators.models import MEASURES, Computation
from yilian.kernel.lake.fact import facts

EVERYTHING = None
"""The key under which a consortium's own results stand, or all that is seen together."""
COLUMNS = "key, institution_id, consortium_id, month, months, part, whole, value, computed_at, definition_digest"


@dataclass(frozen=True)
class Point:
    """One month of a series; `month` is its first day. `value` None is unknown, or a ratio of nothing."""

    month: date
    part: int | None
    whole: int | None
    value: Decimal | None
    digest: bytes = b""
    """Of the definition it was counted by: another digest in a later month, another formula since."""


@dataclass(frozen=True)
class Total:
    """What a period came to, from the months that are there. `definitions` above 1: the formula changed meanwhile."""

    value: Decimal | None
    part: int | None = None
    whole: int | None = None
    months_covered: int = 0
    months_missing: int = 0
    as_of: datetime | None = None
    definitions: int = 0


def series(
    keys: Iterable[str],
    *,
    institution_ids: Collection[int] | None = None,
    consortium_id: int | None = None,
    period: Period,
) -> dict[str, dict[int | None, list[Point]]]:
    """Return the months of these indicators in the period, oldest first; months without a result are left out.

    With institutions: their own results (within the consortium, if one is named) under their keys. With a consortium
    alone: its own under None. With neither: all that the reader sees together, under None. Indicators and institutions
    without any result have an empty mapping or are missing in it. Raises UnknownKeyError.
    """
    asked = _Asked(tuple(keys), institution_ids, consortium_id, period)
    found: dict[str, dict[int | None, list[Point]]] = {key: {} for key in asked.keys}
    for key, place, month, part, whole, value, digest in asked.months():
        worth = value if value is not None else asked.indicators[key].worth(part, whole)
        points = found[key].setdefault(place, [])
        points.append(Point(month, part, whole, worth, bytes(digest)))
    return found


def totals(
    keys: Iterable[str],
    *,
    institution_ids: Collection[int] | None = None,
    consortium_id: int | None = None,
    period: Period,
) -> dict[str, dict[int | None, Total]]:
    """Return what these indicators came to in the whole months that the period touches; for whom, see `series`.

    Every institution that was asked for is there, unknown ones with value None. What cannot be added up is known for
    the month, quarter, half year or year it was counted for. Raises UnknownKeyError.
    """
    asked = _Asked(tuple(keys), institution_ids, consortium_id, period)
    whole_length = asked.length
    unknown = Total(None, months_missing=whole_length)
    places: Collection[int | None] = [EVERYTHING] if institution_ids is None else institution_ids
    found: dict[str, dict[int | None, Total]] = {key: dict.fromkeys(places, unknown) for key in asked.keys}
    for key, place, part, whole, value, months, as_of, editions in asked.sums():
        worth = value if value is not None else asked.indicators[key].worth(part, whole)
        if part is None and value is None:
            continue
        found[key][place] = Total(
            worth, _int(part), _int(whole), min(months, whole_length), max(whole_length - months, 0), as_of, editions
        )
    return found


def last_refreshed() -> datetime | None:
    """Return when formulas were last counted to the end, or None if never; asking the measures is no counting."""
    done = Computation.objects.filter(finished_at__isnull=False, failure="").exclude(engine=MEASURES)
    return done.values_list("finished_at", flat=True).first()


class _Asked:
    """One question to the results, as conditions."""

    def __init__(
        self, keys: tuple[str, ...], places: Collection[int] | None, consortium_id: int | None, period: Period
    ) -> None:
        self.keys = keys
        self.indicators: dict[str, Indicator] = definitions(keys, consortium_id)
        self.places = places
        self.consortium_id = consortium_id
        self.period = period
        self.first = period.first.replace(day=1)

    @property
    def length(self) -> int:
        """How many months of the period have begun by today, at least one."""
        last = min(self.period.last, clock.today())
        return max((last.year - self.first.year) * 12 + last.month - self.first.month + 1, 1)

    def months(self) -> list[tuple[Any, ...]]:
        """Return key, institution, month, part, whole, value and digest of single months."""
        sql = f"""with found as ({self._rows()}) {self._all_together()}
            select key, place, month, part, whole, value, definition_digest from shown order by month"""
        return self._fetch(sql, {"keys": list(self.keys), "others": [], "span": 1})

    def sums(self) -> list[tuple[Any, ...]]:
        """Return key, institution, part, whole, value, months, as-of and number of definitions of the period."""
        additive = [key for key in self.keys if self.indicators[key].is_additive]
        others = [key for key in self.keys if key not in additive]
        sql = f"""with found as ({self._rows()}) {self._all_together()}
            select key, place, sum(part), sum(whole), max(value), sum(covered), max(computed_at),
              count(distinct definition_digest) from shown group by key, place"""
        return self._fetch(sql, {"keys": additive, "others": others, "span": self.period.months or 0})

    def _rows(self) -> str:
        """Return the rows asked for; those of the consortium come before those of the institution as a whole."""
        return f"""select distinct on (key, institution_id, month) {COLUMNS} from indicators_measured
            where (key = any(%(keys)s) and months = 1 and month between %(first)s and %(last)s
                   or key = any(%(others)s) and months = %(span)s and month = %(first)s) and {self._who()}
            order by key, institution_id, month, consortium_id nulls last"""

    def _who(self) -> str:
        if self.places is not None:
            return """institution_id = any(%(places)s) and (consortium_id = %(consortium)s
              or consortium_id is null and (%(consortium)s::int is null or key = any(%(shared)s)))"""
        if self.consortium_id is not None:
            return "institution_id is null and consortium_id = %(consortium)s"
        return "institution_id is not null and consortium_id is null"

    def _all_together(self) -> str:
        """Return the rows to show: those of single places, or of all places seen as one."""
        if self.places is not None or self.consortium_id is not None:
            return """, shown as (select *, institution_id as place, months as covered from found
                where part is not null or value is not null)"""
        return """, shown as (select key, null::int as place, month, sum(part) as part, sum(whole) as whole,
              null::numeric as value, 1 as covered, max(computed_at) as computed_at,
              max(definition_digest) as definition_digest
            from found where part is not null and key = any(%(additive)s) group by key, month)"""

    def _fetch(self, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        given = values | {
            "first": self.first,
            "last": self.period.last,
            "places": list(self.places or ()),
            "consortium": self.consortium_id,
            "shared": [key for key in self.keys if not counts_by_consortium(self.indicators[key])],
            "additive": [key for key in self.keys if self.indicators[key].is_additive],
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()


def counts_by_consortium(indicator: Indicator) -> bool:
    """Whether its rows say themselves to which consortium they belong, so that each has its own number."""
    return indicator.formula is not None and not facts[indicator.formula.fact].is_fed


def _int(number: Decimal | int | None) -> int | None:
    return None if number is None else int(number)
