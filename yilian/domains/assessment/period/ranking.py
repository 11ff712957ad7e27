"""Who stands where: the published table of a period, and what an alliance's result leads to."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yilian.domains.assessment.models import AssessmentPeriod, Sheet
from yilian.domains.assessment.parameters import MEANS, TOTALS
from yilian.domains.assessment.recompute import rounded
from yilian.kernel.access.actor import Actor
from yilian.registry.yearly_results import YearResult, keeper_for


def ranked(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Return the sheets, the best first, with their rank; equal scores share the better one, unknown ones have none."""
    rows = sorted(sheets, key=lambda sheet: (sheet.total is None, -(sheet.total or 0), sheet.number))
    totals = [row.total for row in rows]
    for row in rows:
        row.rank = None if row.total is None else totals.index(row.total) + 1
    return rows


def table_of(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return what is published: a line a member, and the consortium as the plain mean of its members."""
    groups: dict[str, list[str]] = {}
    for sheet in sheets:
        for title, score in (sheet.result or {}).get("groups", {}).items():
            groups.setdefault(title, []).append(score)
    return {
        "lines": [
            {"institution": sheet.member_id, "name": str(sheet.member), "rank": sheet.rank,
             "total": None if sheet.total is None else str(sheet.total), "is_passed": sheet.is_passed,
             "groups": (sheet.result or {}).get("groups", {})}
            for sheet in sheets
        ],
        "groups": {title: mean_of(scores) for title, scores in groups.items()},
        "total": mean_of([None if sheet.total is None else str(sheet.total) for sheet in sheets]),
    }  # fmt: skip


def as_published(table: Mapping[str, Any], content: str) -> dict[str, Any]:
    """Return what of the table everybody who takes part may read: all scores, the totals alone, or no member at all."""
    if content == MEANS:
        return {**table, "lines": []}
    if content == TOTALS:
        return {**table, "groups": {}, "lines": [{**line, "groups": {}} for line in table["lines"]]}
    return dict(table)


def mean_of(scores: Iterable[str | None]) -> str | None:
    """Return the mean of the known scores, rounded half up to hundredths; None where none is known."""
    known = [Fraction(score) for score in scores if score is not None]
    return str(rounded(sum(known, Fraction(0)) / len(known))) if known else None


def handed_over(period: AssessmentPeriod, table: Mapping[str, Any], *, by: Actor) -> str:
    """Hand the result to whoever keeps the consortium's life; return how it then stands, "" where nobody takes it."""
    keeper = keeper_for(period.consortium, period.first_on, period.last_on)
    if table["total"] is None or keeper is None:
        return ""
    total, mark = Decimal(table["total"]), Decimal(period.caps["pass_mark"])
    scores = {title: Decimal(score) for title, score in table["groups"].items() if score is not None}
    result = YearResult(
        period.consortium, period.last_on.year, scores, weights_of(period.items), total, mark, total >= mark
    )
    return keeper.publish(result, by=by, case=period)


def weights_of(items: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Return the points each group of the first tier can earn."""
    found: dict[str, Decimal] = {}
    for item in items:
        found[item["path"][0]] = found.get(item["path"][0], Decimal(0)) + Decimal(item["weight"])
    return found
