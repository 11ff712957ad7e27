"""A walker that tries steps at random, with good answers to whatever they ask."""

from datetime import timedelta
from typing import Any

from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import Cast
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.reasons import reasons
from yilian.kernel.workflow.flow import Ask, Step
from yilian.kernel.workflow.refusals import Refused


class Walker:
    """Takes one new referral through whatever the table allows; refusals are part of the walk."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.people = [
            cast.township, cast.township_desk, cast.county, cast.county_desk, cast.city, cast.city_desk, cast.office,
            cast.world.clock_at(cast.township.institution_name),
        ]  # fmt: skip
        self.referral: Referral = cast.draft()

    def here(self) -> tuple[Step, ...]:
        """Return the steps of the present state, or all of them when there are none."""
        flow = self.referral.case_type.flow
        return tuple(flow.steps_from(self.cast.fresh(self.referral).state)) or flow.steps

    def fitting(self, step: Step) -> Actor:
        """Return somebody who may take the step, if the right institution has it now."""
        if step.is_clock:
            return self.people[-1]
        party = step.by[0]
        desk = "doctor" not in party.roles
        if party.side == "sender":
            return self.cast.township_desk if desk else self.cast.township
        at_city = self.cast.fresh(self.referral).receiver_id == self.cast.city.institution_id
        return self.cast.city if at_city else self.cast.county

    def try_step(self, step: Step, actor: Actor) -> None:
        """Try a step as somebody, whether or not it is open to them."""
        try:
            given = {} if step.verb == "edit" else {ask.name: self._answer(ask) for ask in step.asks if ask.required}
            given |= {"patient_agrees": True} if "patient_agrees" in {ask.name for ask in step.asks} else {}
            self.cast.take(self.referral, step.verb, by=actor, note="试", **given)
        except (Refused, Referral.DoesNotExist):
            return

    def _answer(self, ask: Ask) -> Any:
        later = clock.now() + timedelta(days=1)
        if ask.kind == "reason":
            with scope(self.cast.township):
                return reasons(ask.source)[0].code
        by_name = {
            "receiver": self.cast.city.institution_id,
            "appointment_start": later,
            "appointment_end": later + timedelta(hours=1),
            "consent_relation": "0",
            "consent_told_at": clock.now(),
            "died_on": clock.today(),
        }
        by_kind = {"choice": ask.choices[0][0] if ask.choices else "", "bool": True}
        return by_name.get(ask.name) or by_kind.get(ask.kind, "内容")
