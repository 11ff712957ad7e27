"""Consent before sending, later in an emergency; approval inside the house where it is wanted."""

from datetime import timedelta

import pytest

from yilian.domains.referral import parameters
from yilian.domains.referral.tests.cast import ARRIVAL, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.rules.values import set_value, value_of
from yilian.registry.patients import register_patient

UNSIGNED = {"is_emergency": True, "consent_choice": "", "consent_by": "", "consent_relation": ""}
SIGNED = {
    "consent_by": "冯某", "consent_relation": "2", "consent_told_by": "乡医师", "consent_told_at": "2026-01-05T08:00",
}  # fmt: skip


@pytest.fixture
def with_approval(cast):
    with scope(cast.township_desk):
        set_value(
            parameters.NEEDS_APPROVAL, "true", by=cast.township_desk, effective_from=clock.today(), ground="院务会",
            institution_id=cast.township.institution_id,
        )  # fmt: skip


def test_an_emergency_is_sent_first_and_signed_later(cast):
    referral = cast.sent(**UNSIGNED)
    assert referral.priority == 1
    seen = cast.fresh(referral)
    assert seen.is_consent_outstanding
    assert seen.consent_due_at - seen.sent_at == timedelta(hours=24)
    signed = cast.take(referral, "sign_consent", by=cast.township, **SIGNED)
    assert (signed.state, cast.fresh(referral).is_consent_outstanding) == ("submitted", False)
    assert "不必补签" in refused(cast, referral, "sign_consent", cast.township, **SIGNED)


def test_a_late_signature_is_possible_in_every_state_until_the_end(cast):
    referral = cast.walk(
        cast.sent(**UNSIGNED), ("accept", cast.county_desk, {}), ("arrive", cast.county_desk, ARRIVAL),
        ("treat", cast.county, {}), ("sign_consent", cast.township, SIGNED),
    )  # fmt: skip
    assert referral.state == "in_treatment"
    assert cast.fresh(referral).consent_signed_at is not None


def test_an_emergency_with_refusal_is_not_sent(cast):
    referral = cast.draft(is_emergency=True, consent_choice="refuse")
    assert "同意转诊后才能发出" in refused(cast, referral, "send", cast.township)


def test_an_emergency_may_arrive_before_anyone_answers(cast):
    referral = cast.take(cast.sent(**UNSIGNED), "admit_emergency", by=cast.county_desk, **ARRIVAL)
    assert referral.state == "arrived"
    assert referral.accepted_at is not None


def test_an_emergency_may_arrive_in_the_minute_it_was_sent_or_before(cast):
    now = clock.now().replace(second=59)
    with standing_at(now):
        referral = cast.sent(**UNSIGNED)
        on_the_form = f"{clock.local(now):%Y-%m-%d %H:%M}"
        early = {**ARRIVAL, "arrived_at": now - timedelta(hours=25)}
        assert "早于发出 24 小时" in refused(cast, referral, "admit_emergency", cast.county_desk, **early)
        arrived = cast.take(referral, "admit_emergency", by=cast.county_desk, arrived_at=on_the_form, **ARRIVAL)
    assert arrived.state == "arrived"
    with standing_at(now):
        second = cast.sent(**UNSIGNED | {"diagnosis": "", "impression": "右腕骨折", "is_no_duplicate": True})
        hour_ago = {**ARRIVAL, "arrived_at": now - timedelta(hours=1)}
        assert cast.take(second, "admit_emergency", by=cast.county_desk, **hour_ago).state == "arrived"


def test_who_is_scheduled_may_arrive_in_the_minute_of_sending_but_not_before(cast):
    now = clock.now().replace(second=59)
    with standing_at(now):
        accepted = cast.take(cast.sent(), "accept", by=cast.county_desk)
        before = {**ARRIVAL, "arrived_at": now - timedelta(minutes=1)}
        assert "不能早于发出时间" in refused(cast, accepted, "arrive", cast.county_desk, **before)
        same = {**ARRIVAL, "arrived_at": now.replace(second=0)}
        assert cast.take(accepted, "arrive", by=cast.county_desk, **same).state == "arrived"


def test_who_is_no_emergency_waits_for_the_answer(cast):
    assert "绿色通道" in refused(cast, cast.sent(), "admit_emergency", cast.county_desk, **ARRIVAL)


def test_without_approval_the_doctor_sends(cast):
    assert "不须院内审核" in refused(cast, cast.draft(), "submit_for_approval", cast.township)


def test_with_approval_the_desk_sends(cast, with_approval):
    referral = cast.draft()
    assert "先经院内审核" in refused(cast, referral, "send", cast.township)
    referral = cast.take(referral, "submit_for_approval", by=cast.township)
    assert (referral.state, cast.world.sees(cast.county, referral)) == ("awaiting_approval", False)
    assert "由转出方（转诊中心、院领导）办理" in refused(cast, referral, "approve", cast.township)
    referral = cast.take(referral, "approve", by=cast.township_desk)
    assert (referral.state, cast.world.sees(cast.county, referral)) == ("submitted", True)


def test_an_approver_returns_what_is_not_ready(cast, with_approval):
    referral = cast.take(cast.draft(), "submit_for_approval", by=cast.township)
    referral = cast.take(referral, "return_to_draft", by=cast.township_desk, return_reason="补充既往史")
    assert referral.state == "draft"
    referral = cast.walk(referral, ("submit_for_approval", cast.township, {}), ("recall", cast.township, {}))
    assert referral.state == "draft"


def test_an_emergency_never_waits_for_approval(cast, with_approval):
    assert cast.sent(**UNSIGNED).state == "submitted"


def test_each_house_decides_about_approval(cast, with_approval):
    assert value_of(parameters.NEEDS_APPROVAL, cast.county.institution_id) is False


def test_an_unknown_age_is_asked_for(cast):
    unborn, _is_new = register_patient(by=cast.township, name="无名氏")
    referral = cast.draft(patient=unborn.pk)
    assert "补登出生日期" in refused(cast, referral, "send", cast.township)
    looked = cast.take(referral, "edit", by=cast.township, is_of_consent_age=True)
    assert cast.take(looked, "send", by=cast.township).state == "submitted"


def test_a_guardian_signs_for_whoever_may_be_a_child(cast):
    unborn, _is_new = register_patient(by=cast.township, name="无名氏")
    assert cast.sent(patient=unborn.pk, consent_relation="5", consent_by="无名氏之母").state == "submitted"


def test_a_known_child_is_not_made_older_by_a_tick(cast):
    child, _is_new = register_patient(by=cast.township, name="小冯", birth_on=clock.today().replace(day=1))
    says = refused(cast, cast.draft(patient=child.pk, is_of_consent_age=True), "send", cast.township)
    assert "监护人签署" in says
