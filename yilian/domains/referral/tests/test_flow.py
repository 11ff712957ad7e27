"""The table of steps as a whole: what FHIR says of every state, what the database knows of every edge."""

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yilian.domains.referral import fhir
from yilian.domains.referral.case_type import referral_type
from yilian.domains.referral.flow import flow
from yilian.domains.referral.problem import problem_of
from yilian.domains.referral.tests.walking import Walker
from yilian.domains.referral.vocabulary import FINALS, HOLDING, State
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import chain
from yilian.kernel.workflow.flow import CLOCK
from yilian.kernel.workflow.models import Happening

SERVICE_REQUEST = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error"}
TASK = {
    "draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress", "on-hold", "failed",
    "completed", "entered-in-error",
}  # fmt: skip
APPOINTMENT = {
    "", "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error",
    "checked-in", "waitlist",
}  # fmt: skip
ENCOUNTER = {
    "", "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error",
}  # fmt: skip
ENDED_TASK = {"completed", "cancelled", "rejected", "failed", "entered-in-error"}
every_state = pytest.mark.parametrize("state", State)


@every_state
@pytest.mark.parametrize("has_arrived", [False, True])
def test_every_state_is_legal_in_fhir(state, has_arrived):
    said = fhir.statuses(state, has_arrived=has_arrived)
    assert said.service_request in SERVICE_REQUEST
    assert said.task in TASK
    assert said.appointment in APPOINTMENT
    assert said.encounter in ENCOUNTER
    assert said.business_status not in TASK, "the business status never repeats a Task status"


@every_state
def test_an_open_referral_is_an_open_request(state):
    said = fhir.statuses(state)
    is_open = state not in FINALS
    assert (said.service_request in {"draft", "active", "on-hold"}) is is_open
    assert (said.task in ENDED_TASK) is (not is_open or state == State.DECLINED)


def test_a_state_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="teleported"):
        fhir.statuses("teleported")


def test_states_that_differ_for_people_differ_for_machines():
    said = {state: fhir.STATUSES[state] for state in State}
    assert len(set(said.values())) == len(said)


@every_state
def test_every_state_is_reached_and_left(state):
    assert state in flow.states
    left_by = {step.verb for step in flow.steps_from(state) if step.target_from(state) != state}
    assert (state not in FINALS) == bool(left_by - {"reopen"}), "only what is completed is opened again"


@pytest.mark.parametrize("step", flow.steps, ids=lambda step: step.verb)
def test_no_oversight_and_no_former_receiver_takes_a_step(step):
    assert {party.side for party in step.by if party != CLOCK} <= {"sender", "receiver"}


def test_every_open_state_waits_for_somebody_or_the_clock():
    turns = {state for state, _side in referral_type.turns}
    waiting = turns | {deadline.state for deadline in flow.deadlines if deadline.lapse}
    assert {state for state in State if state not in FINALS} <= waiting


@every_state
def test_the_database_knows_the_states_that_hold(db, state):
    with connections["default"].cursor() as cursor:
        cursor.execute("select referral_holds(%s)", [state])
        assert cursor.fetchone()[0] is (state in HOLDING)


def test_the_edges_in_the_database_are_those_of_the_table(db):
    with connections["default"].cursor() as cursor:
        cursor.execute("select state_from, state_to from edge where kind = 'referral'")
        assert set(cursor.fetchall()) == {("", "draft"), *flow.edges}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("I20.0", ""), ("I20", "心绞痛"), True),
        (("i20.9", ""), ("I20.0", ""), True),
        (("I20", ""), ("I21", ""), False),
        (("", "右腕 骨折。"), ("", "右腕骨折"), True),
        (("", "ＡＢ型"), ("", "ab型"), True),
        (("", "右腕骨折"), ("", "左腕骨折"), False),
    ],
)
def test_when_two_referrals_are_about_one_problem(one, other, same):
    assert (problem_of(*one) == problem_of(*other)) is same


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_problem_fits_its_column(diagnosis, impression):
    assert len(problem_of(diagnosis, impression)) <= 60


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_walks_stay_inside_the_table(cast, data):
    """Whatever people try, in whatever order: every line of the history is an edge, and the chain is whole."""
    with transaction.atomic():
        walker = Walker(cast)
        for _ in range(14):
            step = data.draw(st.sampled_from(walker.here() if data.draw(st.integers(0, 4)) else flow.steps))
            actor = walker.fitting(step) if data.draw(st.integers(0, 3)) else data.draw(st.sampled_from(walker.people))
            walker.try_step(step, actor)
        referral = cast.fresh(walker.referral)
        with scope(cast.township):
            lines = list(Happening.objects.filter(case=referral).order_by("seq").values_list("state_from", "state_to"))
            assert chain.verify(referral) is None
        assert all(line in flow.edges for line in lines[1:])
        assert lines[-1][1] == referral.state
        assert referral.open == (referral.state not in FINALS)
        assert (referral.held_for_id is not None) == (referral.state in HOLDING)
        transaction.set_rollback(True)
