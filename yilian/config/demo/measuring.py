"""What a community of the demo measures by its own words: one definition in force, one tried and not handed in yet."""

from collections.abc import Mapping
from typing import Any

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import NORTH
from yilian.domains.measure.models import IndicatorChange
from yilian.domains.measure.trying import try_out
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.indicators.engines.believing import trusted
from yilian.kernel.indicators.indicator import indicators
from yilian.registry.models import Consortium

EMERGENCIES: Mapping[str, str] = {
    "change": "new", "name": "急诊转诊占比", "unit": "%", "direction": "none", "source": "referral:receiver",
    "part": "count(where=is_emergency)", "whole": "count()", "part_says": "走急诊绿色通道的转诊",
    "whole_says": "收到的全部转诊", "ground": "县医共体工作例会要求按月通报。",
}  # fmt: skip
RATE, TARGET = "recognition.rate", "60"


def bring_measures() -> None:
    """Write, try and adopt one definition, and try a change of a target; a city that has any is left alone."""
    group = Consortium.objects.filter(name=NORTH).first()
    if group is None or group.lead_id is None:
        return
    office, director = (_somebody(role, group.lead_id) for role in ("office", "director"))
    with scope(office):
        if IndicatorChange.objects.exists():
            return
    month = {"consortium": group.pk, "effective_on": clock.today().isoformat()}
    case = _tried(opened("measure", office, **EMERGENCIES, **month), group.lead_id)
    taken(taken(case, "submit", office), "adopt", director)
    _tried(opened("measure", office, **_target_of(RATE), **month), group.lead_id)


def _target_of(key: str) -> dict[str, Any]:
    """Return the answers that keep an indicator as it ships and set it a target."""
    shipped = indicators[key]
    formula = shipped.formula
    assert formula
    return {
        "change": "changed", "indicator": key, "name": str(shipped.title), "unit": str(shipped.unit),
        "direction": str(shipped.direction), "source": f"{formula.fact}:{formula.at}", "part": formula.part,
        "whole": formula.whole, "part_says": str(shipped.part_says), "whole_says": str(shipped.whole_says),
        "target": TARGET, "ground": "参照上年实际，定为本县目标。",
    }  # fmt: skip


def _tried(case: IndicatorChange, lead_id: int) -> IndicatorChange:
    try_out(case.pk, lead_id, *trusted())
    return case


def _somebody(role: str, institution_id: int) -> Actor:
    """Return the first person who holds this role at an institution."""
    user = User.objects.filter(posts__institution=institution_id, posts__role=role).order_by("pk")[0]
    actor = actor_for(user)
    assert actor
    return actor
