"""From a case to a definition, and into force."""

from dataclasses import replace
from decimal import Decimal

from django.utils import translation

from yilian.domains.measure.models import Change, IndicatorChange
from yilian.kernel.indicators.catalogue import GROUND, OWN, definition
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Direction, Indicator, Target, indicators
from yilian.kernel.indicators.models import Definition
from yilian.kernel.indicators.spans import number
from yilian.kernel.registries import UnknownKeyError
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.workflow.moment import Moment
from yilian.registry import resolutions


def formula_of(measure: IndicatorChange) -> Formula:
    """Return the formula as it is written; it may be wrong. Who only sets a target writes none."""
    fact, _colon, at = measure.source.partition(":")
    return Formula(fact, at, measure.part, measure.whole.strip())


def key_of(measure: IndicatorChange) -> str:
    """Return the key of the indicator: the one that is changed, or a new one made of the number of the case."""
    if measure.change != Change.NEW:
        return measure.indicator
    return f"{OWN}.{''.join(sign for sign in measure.number.lower() if sign.isalnum())}"


def as_written(measure: IndicatorChange) -> Indicator:
    """Return the definition that the case proposes."""
    target = None if measure.target is None else Target(Decimal(measure.target))
    if measure.change == Change.TARGET and (held := in_force(measure)):
        return replace(held, target=target)
    return Indicator(
        key_of(measure), measure.name, measure.unit, Direction(measure.direction or "none"), Decision(GROUND, ""),
        part_says=measure.part_says, whole_says=measure.whole_says, formula=formula_of(measure), target=target,
        per=measure.per or 1, over=measure.over or 1,
    )  # fmt: skip


def in_force(measure: IndicatorChange) -> Indicator | None:
    """Return the definition that holds in the consortium now, None for an indicator that is new."""
    if measure.change not in (Change.CHANGED, Change.TARGET):
        return None
    try:
        return definition(measure.indicator, measure.consortium_id)
    except UnknownKeyError:
        return None


def adopt(moment: Moment) -> None:
    """Write the definition down; from its month on the numbers are counted by it, at the next run of the worker."""
    measure = moment.case
    with translation.override("zh-hans"):
        written = as_written(measure)
        says = {name: str(getattr(written, name)) for name in ("title", "unit", "part_says", "whole_says")}
    formula = _formula_to_keep(measure, written)
    Definition.objects.create(
        key=written.key, consortium_id=measure.consortium_id, since_month=number(measure.effective_on), **says,
        direction=written.direction, fact=formula.fact, at=formula.at, part=formula.part, whole=formula.whole,
        per=written.per, over=written.over, target=measure.target, help=measure.ground, decided_case=measure.pk,
        adopted_at=moment.at, adopted_by=measure.approver,
    )  # fmt: skip


def _formula_to_keep(measure: IndicatorChange, written: Indicator) -> Formula:
    """Return the formula that is written down: none for a mere target of what counts as it is shipped."""
    shipped = indicators.get(written.key)
    is_shipped = shipped is not None and written.formula == shipped.formula
    if measure.change == Change.TARGET and is_shipped:
        return Formula("", "", "")
    assert written.formula
    return written.formula


def note_approval(moment: Moment) -> None:
    """Note who approved, and under which key the indicator is known from now on."""
    by = moment.actor
    approver = (moment.answers.get("decided_by") or by.name)[:100] if by.is_system else by.name
    moment.set(approver=approver, key=key_of(moment.case))


def put_to_body(moment: Moment) -> None:
    """Draft the motion that decides."""
    resolutions.put(moment.case, by=moment.actor)
