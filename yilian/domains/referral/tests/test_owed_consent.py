"""What an emergency owes after it went first: a task of the sender, reminded of, escalated, and closed by itself."""

from datetime import timedelta

import pytest

from yilian.domains.referral.models import OwedConsent
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, refused
from yilian.domains.referral.tests.test_consent_and_approval import SIGNED, UNSIGNED
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.notices.models import Notice
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.refusals import NotYours


@pytest.fixture
def emergency(cast):
    return cast.sent(**UNSIGNED)


def owed(cast, by=None) -> OwedConsent:
    with scope(by or cast.township):
        return OwedConsent.objects.get()


def waits(actor) -> list[str]:
    with scope(actor):
        return [row["kind"] for row in queries.inbox(actor)]


def heard(actor) -> list[str]:
    with scope(actor):
        rows = Notice.objects.filter(institution_id=actor.institution_id, kind="deadline")
        return [row.text for row in rows if row.roles & actor.roles and "BQ" in row.text]


def test_what_is_owed_waits_in_the_senders_inbox_until_the_referrals_moment(cast, emergency):
    assert owed(cast).due == cast.fresh(emergency).consent_due_at
    assert "consent" in waits(cast.township)
    assert "consent" not in waits(cast.county_desk)
    assert not cast.world.sees(cast.county, owed(cast))
    assert cast.world.sees(cast.office, owed(cast))


def test_a_signed_referral_owes_nothing(cast):
    cast.sent()
    assert waits(cast.township) == []


def test_it_is_signed_from_the_inbox(cast, emergency):
    cast.take(owed(cast), "sign", by=cast.township, **SIGNED)
    assert (owed(cast).state, cast.fresh(emergency).is_consent_outstanding) == ("signed", False)
    assert cast.fresh(emergency).consent_by == "冯某"
    assert waits(cast.township) == []


def test_signing_on_the_referral_settles_it(cast, emergency):
    cast.take(emergency, "sign_consent", by=cast.township, **SIGNED)
    assert owed(cast).state == "signed"


def test_a_signature_that_the_referral_refuses_changes_nothing(cast, emergency):
    unanswered = SIGNED | {"consent_by": ""}
    assert refused(cast, owed(cast), "sign", cast.township, **unanswered)
    assert (owed(cast).state, cast.fresh(emergency).is_consent_outstanding) == ("owed", True)


def test_it_is_reminded_of_and_then_told_to_those_in_charge(cast, emergency):
    late = owed(cast).due
    with standing_at(late - timedelta(hours=1)):
        go_round()
    assert len(heard(cast.township)) == 1
    assert heard(cast.office) == []
    with standing_at(late + timedelta(hours=25)):
        go_round()
    assert len(heard(cast.township)) == 3
    assert "请督促" in heard(cast.office)[-1]


def test_the_end_of_the_referral_closes_it_and_the_mark_stays(cast, emergency):
    cast.walk(emergency, ("admit_emergency", cast.county_desk, ARRIVAL), ("complete", cast.county, FEEDBACK))
    assert owed(cast).state == "dropped"
    assert cast.fresh(emergency).is_consent_outstanding


def test_nobody_opens_one_by_hand(cast):
    with scope(cast.township), pytest.raises(NotYours, match="随相关事项自动生成"):
        open_case("consent", by=cast.township, answers={"patient": cast.patient.pk})


def test_a_drafted_return_says_who_told_the_patient_and_when(cast):
    referral = cast.walk(
        cast.sent(), ("accept", cast.county_desk, {}), ("arrive", cast.county_desk, ARRIVAL),
        ("refer_back", cast.county, {}),
    )  # fmt: skip
    with scope(cast.county):
        back = referral.returns.get()
    assert back.consent_told_by == cast.county.name
    assert clock.now() - back.consent_told_at < timedelta(minutes=5)
    assert back.consent_choice == ""
