"""Indicators and what other parts may ask: each number with its parts, unknown where nothing happened."""

from datetime import timedelta
from decimal import Decimal

import pytest

from yilian.domains.referral import api
from yilian.domains.referral.models import FollowUp
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, appointment
from yilian.domains.referral.tests.test_consent_and_approval import SIGNED
from yilian.domains.referral.tests.test_down import returned
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import period_of
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.indicators.indicator import indicators

OWN = [item.key for item in indicators if item.key.startswith("referral.")]


def measured(cast, name, actor=None, **extent):
    actor = actor or cast.authority
    with scope(actor):
        return evaluate(f"referral.{name}", **extent, period=period_of(clock.today(), 12))


@pytest.mark.parametrize("key", OWN)
def test_nothing_happened_is_unknown_and_not_zero(cast, key):
    value = measured(cast, key.removeprefix("referral."))
    assert value.is_unknown or value.whole is None
    assert value.indicator.cite is not None
    assert value.indicator.definition


def test_answered_late_is_not_answered_in_time(cast):
    first = cast.sent()
    cast.take(first, "accept", by=cast.county_desk)
    second = cast.walk(
        cast.draft(impression="骨折", diagnosis=""), ("edit", cast.township, {"is_no_duplicate": True}),
        ("send", cast.township, {}),
    )  # fmt: skip
    with standing_at(second.due + timedelta(hours=1)):
        cast.take(second, "accept", by=cast.county_desk)
        value = measured(cast, "answered_in_time", institution_id=cast.county.institution_id)
        assert (value.part, value.whole, value.value) == (1, 2, Decimal("50.00"))
        assert measured(cast, "answered_in_time", institution_id=cast.city.institution_id).is_unknown


def test_the_wait_is_measured_in_hours(cast):
    referral = cast.sent()
    with standing_at(referral.since + timedelta(minutes=90)):
        cast.take(referral, "accept", by=cast.county_desk)
    assert measured(cast, "answer_hours").value == Decimal("1.50")
    assert measured(cast, "answer_hours_median").value == Decimal("1.50")


def test_refusals_count_by_reason_even_after_a_redirect(cast):
    referral = cast.take(cast.sent(), "decline", by=cast.county_desk, decline_reason="incomplete")
    cast.take(referral, "redirect", by=cast.township, receiver=cast.city.institution_id,
              redirect_reason="declined", patient_agrees=True)  # fmt: skip
    assert measured(cast, "declined", institution_id=cast.county.institution_id).value == 1
    assert measured(cast, "declined", institution_id=cast.city.institution_id).value == 0
    with scope(cast.authority):
        counted = api.declined_by_reason(period_of(clock.today(), 12))
    assert counted == {"资料不全且未按要求补充": 1}


def test_feedback_arrival_and_appointments(cast):
    referral = cast.walk(
        cast.sent(), ("accept", cast.county_desk, {}), ("schedule", cast.county_desk, appointment()),
        ("arrive", cast.county_desk, ARRIVAL), ("treat", cast.county, {}), ("discharge", cast.county, {}),
    )  # fmt: skip
    assert measured(cast, "feedback_written").value == 0
    cast.take(referral, "complete", by=cast.county, **FEEDBACK)
    assert measured(cast, "feedback_written").value == 100
    with standing_at(clock.now() + timedelta(days=3)):
        assert measured(cast, "no_show").value == 0


def test_returns_consortia_and_followups(cast):
    back = cast.take(returned(cast), "accept", by=cast.township)
    assert measured(cast, "down_share").value == 50
    assert measured(cast, "inside_consortium").value == 100
    assert measured(cast, "accepted", consortium_id=back.consortium_id).value == 100
    with scope(cast.township):
        task = FollowUp.objects.get(down_referral=back)
    with standing_at(clock.now() + timedelta(days=14)):
        cast.world.take(task, "finish", by=cast.township, done_on=clock.today(), way="home", control="good",
                        result="平稳")  # fmt: skip
        assert measured(cast, "followed_up", cast.township).value == 100


def test_a_late_signature_counts_against_the_sender(cast):
    referral = cast.sent(is_emergency=True, consent_choice="")
    assert measured(cast, "consent_in_time").is_unknown
    with standing_at(clock.now() + timedelta(hours=25)):
        assert measured(cast, "consent_in_time").value == 0
        cast.take(referral, "sign_consent", by=cast.township, **SIGNED)
        assert measured(cast, "consent_in_time").value == 0


def test_who_leaves_a_consortium_sees_what_is_open(cast):
    referral = cast.sent()
    one, other = cast.township.institution_id, cast.county.institution_id
    with scope(cast.county):
        assert api.count_open_between(one, other) == api.count_open_between(other, one) == 1
        assert api.count_open_between(one, cast.city.institution_id) == 0
        assert api.count_open_in_consortium(one, referral.consortium_id) == 1
        (line,) = api.open_in_consortium(other, referral.consortium_id)
        assert (line["number"], line["receiver"]) == (referral.number, cast.county.institution_name)
        assert [line["number"] for line in api.open_for_patient(cast.patient.pk)] == [referral.number]
    with scope(cast.stranger):
        assert api.count_open_between(one, other) == 0
    cast.take(referral, "withdraw", by=cast.township, cancel_reason="improved")
    with scope(cast.county):
        assert api.count_open_in_consortium(one, referral.consortium_id) == 0
