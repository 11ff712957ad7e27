"""A patient who says no after an emergency went first: a fact of its own, never a signature."""

from datetime import timedelta

import pytest

from yilian.domains.referral.models import OwedConsent
from yilian.domains.referral.tests.cast import ARRIVAL, refused
from yilian.domains.referral.tests.test_consent_and_approval import SIGNED, UNSIGNED
from yilian.domains.referral.tests.test_numbers import measured
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.notices.models import Notice

GROUND = "急性心肌梗死，不转运有生命危险；主任医师决定"


@pytest.fixture
def emergency(cast):
    return cast.sent(**UNSIGNED)


def proceed(cast, emergency):
    return cast.take(emergency, "proceed_despite_refusal", by=cast.township, consent_refusal_ground=GROUND, **SIGNED)


def test_signing_takes_no_refusal(cast, emergency):
    assert "没有名为" in refused(cast, emergency, "sign_consent", cast.township, consent_choice="refuse", **SIGNED)


def test_who_told_the_patient_and_when_is_asked(cast, emergency):
    says = refused(cast, emergency, "sign_consent", cast.township, consent_by="冯某", consent_relation="2")
    assert "告知医生" in says
    assert "告知时间" in says


def test_a_refusal_is_no_signature(cast, emergency):
    proceed(cast, emergency)
    seen = cast.fresh(emergency)
    assert (seen.consent_choice, seen.consent_signed_at, seen.is_consent_outstanding) == ("refuse", None, False)
    assert (seen.consent_refused_at is not None, seen.consent_refusal_ground) == (True, GROUND)
    with scope(cast.township):
        assert OwedConsent.objects.get().state == "refused"
    with standing_at(clock.now() + timedelta(hours=25)):
        assert measured(cast, "consent_in_time").is_unknown


def test_going_on_asks_the_doctor_why(cast, emergency):
    assert "继续转诊的理由" in refused(cast, emergency, "proceed_despite_refusal", cast.township, **SIGNED)
    given = SIGNED | {"consent_refusal_ground": GROUND}
    assert "医师" in refused(cast, emergency, "proceed_despite_refusal", cast.township_desk, **given)


def test_the_receiver_is_told(cast, emergency):
    proceed(cast, emergency)
    with scope(cast.county):
        texts = Notice.objects.filter(institution_id=cast.county.institution_id).values_list("text", flat=True)
        assert any("患者拒绝" in text for text in texts)


def test_before_arrival_the_referral_ends_with_the_patients_no(cast, emergency):
    ended = cast.take(emergency, "withdraw_on_refusal", by=cast.township, **SIGNED)
    assert (ended.state, ended.status_reason, ended.consent_choice) == ("withdrawn", "patient_declines", "refuse")


def test_after_arrival_stopping_is_asked(cast, emergency):
    stopped = cast.walk(
        emergency, ("admit_emergency", cast.county_desk, ARRIVAL), ("stop_on_refusal", cast.township, SIGNED)
    )
    assert stopped.state == "cancellation_asked"


def test_who_refused_may_sign_later(cast, emergency):
    proceed(cast, emergency)
    assert "只有尚待补签" in refused(cast, emergency, "withdraw_on_refusal", cast.township, **SIGNED)
    signed = cast.take(emergency, "sign_consent", by=cast.township, **SIGNED)
    assert (signed.consent_choice, signed.consent_signed_at is not None) == ("agree", True)
    assert "不必补签" in refused(cast, emergency, "sign_consent", cast.township, **SIGNED)
