"""The clock: a grace beyond the due date, and the lapse after it."""

from datetime import timedelta

import pytest

from yilian.domains.referral.tests.cast import appointment
from yilian.kernel.clock import standing_at
from yilian.kernel.deadlines.rounds import go_round


def after_round(cast, referral, moment):
    with standing_at(moment):
        go_round()
    return cast.fresh(referral).state


@pytest.mark.parametrize(("priority", "hours"), [("1", 1), ("2", 12), ("3", 48)])
def test_the_urgency_sets_the_time_to_answer(cast, priority, hours):
    referral = cast.sent(priority=priority)
    assert referral.due - referral.since == timedelta(hours=hours)
    assert cast.fresh(referral).answer_due_at == referral.due


def test_an_overdue_referral_may_still_be_answered_until_the_grace_is_over(cast):
    referral = cast.sent()
    late = referral.due + timedelta(hours=71)
    assert after_round(cast, referral, late) == "submitted"
    with standing_at(late):
        assert cast.take(referral, "accept", by=cast.county_desk).state == "accepted"


def test_after_the_grace_it_expires(cast):
    referral = cast.sent()
    assert after_round(cast, referral, referral.due + timedelta(hours=72)) == "expired"


def test_who_misses_the_appointment_lapses_a_week_later(cast):
    referral = cast.walk(cast.sent(), ("accept", cast.county_desk, {}), ("schedule", cast.county_desk, appointment(2)))
    assert after_round(cast, referral, referral.due + timedelta(days=6)) == "scheduled"
    assert after_round(cast, referral, referral.due + timedelta(days=7)) == "lapsed"
