"""The cards of a definition: its two formulas read back, what it came to when tried, and the columns there are."""

from decimal import Decimal
from typing import Any

from yilian.domains.measure.models import Change, IndicatorChange, Trial
from yilian.domains.measure.writing import as_written, formula_of, in_force
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.clock.periods import period_of
from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.indicators.indicator import DIRECTIONS, Extent, Indicator
from yilian.kernel.indicators.refusal import FormulaRefused
from yilian.kernel.indicators.results import totals
from yilian.kernel.indicators.typing_rules import KINDS, institutions_fact
from yilian.kernel.lake.fact import Fact, facts
from yilian.kernel.pages.indicators.lines import met
from yilian.registry import known


def formula(measure: IndicatorChange, actor: Actor) -> dict[str, Any] | None:
    """Return the formula with what is wrong with it, beside the one that holds."""
    if not measure.part:
        return None
    return {
        "new": formula_of(measure), "old": in_force(measure), "refused": refused(measure), "source": measure.source,
        "page": f"/indicators/{measure.key}/?scope={measure.consortium_id}" if measure.key else "",
    }  # fmt: skip


def target(measure: IndicatorChange, actor: Actor) -> dict[str, Any] | None:
    """Return the target that is proposed beside the one that holds, and what last month came to."""
    if measure.change != Change.TARGET or measure.consortium_id is None or (held := in_force(measure)) is None:
        return None
    month = period_of(clock.today(), 1).before()
    last = totals([held.key], consortium_id=measure.consortium_id, period=month)[held.key][None].value
    extent = Extent(month, consortium_id=measure.consortium_id)
    proposed = as_written(measure)
    return {
        "indicator": held, "old": held.target, "new": proposed.target, "month": month,
        "last": Value(held, extent, last), "direction": DIRECTIONS[held.direction], "met": met(proposed, last),
        "page": f"/indicators/{held.key}/?scope={measure.consortium_id}",
    }  # fmt: skip


def refused(measure: IndicatorChange) -> str:
    """Return why the formula cannot be used, or nothing."""
    try:
        formula_of(measure).check()
    except FormulaRefused as said:
        return said.sentence
    return ""


def trial(measure: IndicatorChange, actor: Actor) -> dict[str, Any] | None:
    """Return the newest trial with names, values and differences."""
    found = Trial.objects.filter(case=measure.pk).first()
    if found is None:
        return None
    indicator = as_written(measure)
    is_stale = bytes(found.digest) != indicator.definition_digest
    lines = [_line(line, indicator) for line in found.lines]
    return {"trial": found, "lines": lines, "is_stale": is_stale, "unit": measure.unit}


def _line(line: list[Any], indicator: Indicator) -> dict[str, Any]:
    place, new, old = line
    institution = known.institution(place) if place else None
    values = [None if not side or side[2] is None else Decimal(side[2]) for side in (new, old)]
    difference = None if None in values else values[0] - values[1]
    return {"name": institution, "new": new, "old": old, "value": values[0], "before": values[1],
            "difference": difference}  # fmt: skip


def columns(measure: IndicatorChange, actor: Actor) -> dict[str, Any] | None:
    """Return what a formula over these rows may name."""
    fact = facts.get(measure.source.partition(":")[0])
    return vocabulary(fact) if fact else None


def vocabulary(fact: Fact) -> dict[str, Any]:
    """Return the columns of a fact and of institutions, with kinds and choices."""
    own = [_column(column, "") for column in fact.columns]
    there = institutions_fact()
    return {
        "fact": fact,
        "columns": own + [_column(column, "institution.") for column in (there.columns if there else ())],
    }


def _column(column: Any, before: str) -> dict[str, Any]:
    return {"name": f"{before}{column.name}", "kind": KINDS[column.kind], "title": column.title, "help": column.help,
            "choices": list(column.choices.items())[:30]}  # fmt: skip
