"""A hospital without an account: a sheet of paper, and the sender writes down what became of the patient."""

import pytest

from yilian.domains.referral.tests.cast import FEEDBACK, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.models import Participation


@pytest.fixture
def outside(cast):
    return {
        "destination": "outside", "receiver": "", "outside_institution": "省肿瘤医院", "outside_contact": "放疗科",
        "outside_contact_note": "同意收治", "outside_contact_at": clock.now(),
    }  # fmt: skip


def handed_out(cast, outside):
    return cast.take(cast.draft(**outside), "send_outside", by=cast.township)


def test_the_sender_keeps_the_case_alone_with_the_authority(cast, outside):
    referral = handed_out(cast, outside)
    assert referral.state == "outside"
    with scope(cast.township):
        assert set(Participation.objects.filter(case=referral).values_list("side", flat=True)) == {1, 11}
    assert referral.receiver_title == "省肿瘤医院"


def test_outside_too_the_contact_comes_first(cast, outside):
    referral = cast.draft(**outside | {"outside_contact": ""})
    assert "先与对方对接" in refused(cast, referral, "send_outside", cast.township)


def test_each_way_of_sending_has_its_destination(cast, outside):
    assert "开具网外转诊单" in refused(cast, cast.draft(**outside), "send", cast.township)
    assert "请用“发出”" in refused(cast, cast.draft(), "send_outside", cast.township)


def test_the_name_of_the_hospital_is_required(cast, outside):
    referral = cast.draft(**outside | {"outside_institution": ""})
    assert "平台外机构名称" in refused(cast, referral, "send_outside", cast.township)


def test_the_sender_records_the_outcome(cast, outside):
    referral = cast.take(handed_out(cast, outside), "record_outside_outcome", by=cast.township, **FEEDBACK)
    assert (referral.state, referral.open) == ("completed", False)


def test_refused_outside_the_patient_goes_to_a_member(cast, outside):
    referral = cast.take(
        handed_out(cast, outside), "record_outside_refusal", by=cast.township, decline_reason="incomplete"
    )
    referral = cast.take(
        referral, "redirect", by=cast.township, receiver=cast.county.institution_id, redirect_reason="declined",
        patient_agrees=True,
    )  # fmt: skip
    assert (referral.state, referral.destination, referral.outside_institution) == ("submitted", "network", "")
    assert cast.take(referral, "accept", by=cast.county_desk).state == "accepted"


def test_refused_inside_the_patient_goes_outside(cast, outside):
    referral = cast.take(cast.sent(), "decline", by=cast.county_desk, decline_reason="incomplete")
    contact = {name: value for name, value in outside.items() if name.startswith("outside_")}
    referral = cast.take(
        referral, "redirect_outside", by=cast.township, redirect_reason="declined", patient_agrees=True, **contact
    )
    assert (referral.state, referral.receiver_id) == ("outside", None)
    with scope(cast.county):
        sides = set(Participation.objects.filter(case=referral).values_list("side", "institution_id"))
    assert (3, cast.county.institution_id) in sides
    assert not any(side == 2 for side, _ in sides)
