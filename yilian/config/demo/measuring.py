"""What an alliance of the demo measures by its own words (one definition in force, one tried), and what it released."""

from collections.abc import Mapping
from typing import Any

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import ALLIANCES
from yilian.domains.measure.models import IndicatorChange
from yilian.domains.measure.trying import try_out
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.indicators.disclosure.releasing import newest, release
from yilian.kernel.indicators.engines.believing import trusted
from yilian.kernel.indicators.indicator import indicators
from yilian.registry.models import Consortium

EMERGENCIES: Mapping[str, str] = {
    "change": "new", "name": "急诊人次占比", "unit": "%", "direction": "none", "source": "encounter:institution",
    "part": 'count(where=visit_type == "emergency")', "whole": "count()", "part_says": "急诊人次",
    "whole_says": "全部诊疗人次", "ground": "联盟工作例会要求按月通报。",
}  # fmt: skip
RATE, TARGET = "recognition.rate", "60"
RELEASED = "service.discharges"


def bring_measures() -> None:
    """Write, try and adopt one definition, and try a change of a target; a city that has any is left alone."""
    group = Consortium.objects.get(name=ALLIANCES[0][0])
    lead = group.lead_id
    office = _somebody("office", lead)
    director = _somebody("director", lead, but=office)
    with scope(office):
        if IndicatorChange.objects.exists():
            return
    month = {"consortium": group.pk, "effective_on": clock.today().isoformat()}
    case = _tried(opened("measure", office, **EMERGENCIES, **month), lead)
    taken(taken(case, "submit", office), "adopt", director)
    _tried(opened("measure", office, **_target_of(RATE), **month), lead)


def bring_release() -> None:
    """Hand out the discharges of the last year that is over; raise ReleaseRefused while they are not counted."""
    group = Consortium.objects.get(name=ALLIANCES[0][0])
    office = _somebody("office", group.lead_id)
    with scope(office):
        if not newest():
            release(RELEASED, group.pk, clock.today().year - 1, by=office)


def _target_of(key: str) -> dict[str, Any]:
    """Return the answers that keep an indicator as it ships and set it a target."""
    shipped = indicators[key]
    formula = shipped.formula
    assert formula
    return {
        "change": "changed", "indicator": key, "name": str(shipped.title), "unit": str(shipped.unit),
        "direction": str(shipped.direction), "source": f"{formula.fact}:{formula.at}", "part": formula.part,
        "whole": formula.whole, "part_says": str(shipped.part_says), "whole_says": str(shipped.whole_says),
        "target": TARGET, "ground": "参照上年实际，定为联盟目标。",
    }  # fmt: skip


def _tried(case: IndicatorChange, lead_id: int) -> IndicatorChange:
    try_out(case.pk, lead_id, *trusted())
    return case


def _somebody(role: str, institution_id: int, but: Actor | None = None) -> Actor:
    """Return the first person who holds this role at an institution, and is not `but`."""
    users = User.objects.filter(posts__institution=institution_id, posts__role=role).order_by("pk")
    actor = actor_for(users.exclude(pk=but.user_id if but else None)[0])
    assert actor
    return actor
