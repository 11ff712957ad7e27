"""Trying a definition on the last month that is over, beside the one that holds: the worker's work."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yilian.domains.measure.models import IndicatorChange, Trial
from yilian.domains.measure.writing import as_written, in_force
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.indicators.catalogue import Edition
from yilian.kernel.indicators.computing import last_month, preview
from yilian.kernel.indicators.engines.question import Engine, EngineError
from yilian.kernel.indicators.indicator import Indicator
from yilian.kernel.indicators.refusal import FormulaRefused
from yilian.kernel.lake.manifest import Manifest

LONGEST_FAILURE = 500
Number = tuple[int | None, int | None, str | None]


def try_out(case_id: UUID, owner_id: int, engine: Engine, manifest: Manifest) -> Trial | None:
    """Count a month by the new and the old definition and keep both; None when the case is gone."""
    with scope(system_actor(_("系统"), owner_id)):
        measure = IndicatorChange.objects.filter(pk=case_id).first()
        if measure is None or measure.consortium_id is None:
            return None
        new, old = as_written(measure), in_force(measure)
        month, lines, failure = None, list[Any](), ""
        try:
            month = last_month(manifest, new.formula.fact)
            if month is None:
                failure = _("这类数据还没有任何月份")
            else:
                lines = _lines(engine, manifest, measure.consortium_id, month, new, old)
        except (EngineError, FormulaRefused) as error:
            failure = str(error)[:LONGEST_FAILURE]
        return Trial.objects.create(
            case=measure, at=clock.now(), month=month, digest=new.definition_digest, lines=lines, failure=failure
        )


def _lines(
    engine: Engine, manifest: Manifest, consortium_id: int, month: int, new: Indicator, old: Indicator | None
) -> list[tuple[int | None, Number, Number | None]]:
    mine = _numbers(engine, manifest, consortium_id, month, new)
    theirs = _numbers(engine, manifest, consortium_id, month, old) if old and old.formula else {}
    places = sorted(mine.keys() | theirs.keys(), key=lambda place: (place is not None, place or 0))
    return [(place, mine.get(place, (None, None, None)), theirs.get(place)) for place in places]


def _numbers(
    engine: Engine, manifest: Manifest, consortium_id: int, month: int, indicator: Indicator
) -> dict[int | None, Number]:
    edition = Edition(indicator, consortium_id=consortium_id)
    found = {}
    for row in preview(engine, manifest, edition, month):
        value = indicator.worth(row.part, row.whole)
        found[row.institution_id] = (row.part, row.whole, None if value is None else str(value))
    return found
