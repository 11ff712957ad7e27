"""Whose approval a referral needs: every setting of every direction and urgency, kept as it was when handed in."""

from datetime import timedelta

import pytest

from yilian.domains.referral import offers, parameters, rules
from yilian.domains.referral.approval import WAYS, routes_of
from yilian.domains.referral.case_type import referral_type
from yilian.domains.referral.models import Countersign, Referral
from yilian.domains.referral.tests.cast import refused
from yilian.domains.referral.tests.test_consent_and_approval import UNSIGNED
from yilian.domains.referral.vocabulary import Approval
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.rules.rule import evaluate
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow import queries
from yilian.registry.models import Department, Practitioner

HANDING_IN = {
    Approval.NONE: "send", Approval.HEAD: "submit_to_head", Approval.OFFICE: "submit_for_approval",
    Approval.BOTH: "submit_to_head",
}  # fmt: skip

FLOW = referral_type.flow
DECIDING = (
    rules.approval_is_not_needed, rules.approval_is_needed, rules.office_comes_first, rules.head_comes_first,
)  # fmt: skip


@pytest.fixture
def head(cast):
    return cast.world.person("head", at=cast.township.institution_name)


def decide(cast, key, value, days=0):
    with scope(cast.township_desk):
        set_value(
            key, value, by=cast.township_desk, effective_from=clock.today() + timedelta(days=days), ground="院务会",
            institution_id=cast.township.institution_id,
        )  # fmt: skip


def want(cast, route, way=("up", 2), days=0):
    decide(cast, parameters.NEEDS_APPROVAL, "true")
    decide(cast, parameters.APPROVERS[way], route, days)


def waits(actor):
    with scope(actor):
        return [row["state"] for row in queries.inbox(actor)]


@pytest.mark.parametrize("route", list(Approval))
def test_each_setting_takes_exactly_its_way(cast, head, route):
    want(cast, route)
    for verb in sorted(set(HANDING_IN.values()) - {HANDING_IN[route]}):
        assert refused(cast, cast.draft(is_no_duplicate=True), verb, cast.township), verb
    referral = cast.take(cast.draft(), HANDING_IN[route], by=cast.township)
    if route in (Approval.HEAD, Approval.BOTH):
        assert (referral.state, "awaiting_head" in waits(head)) == ("awaiting_head", True)
        assert not cast.world.sees(cast.county, referral)
        wrong, right = ("agree_as_head", "approve_as_head")[:: 1 if route == Approval.HEAD else -1]
        assert "按提交时的设置" in refused(cast, referral, wrong, head)
        assert "科主任" in refused(cast, referral, right, cast.township_desk)
        referral = cast.take(referral, right, by=head)
    if route in (Approval.OFFICE, Approval.BOTH):
        assert referral.state == "awaiting_approval"
        assert refused(cast, referral, "approve", head)
        referral = cast.take(referral, "approve", by=cast.township_desk)
    sent = cast.fresh(referral)
    assert (sent.state, sent.sent_at is not None) == ("submitted", True)
    assert bool(sent.head_approved_by) == (route in (Approval.HEAD, Approval.BOTH))
    assert bool(sent.approved_by) == (route != Approval.NONE)
    assert ("院务会" in sent.approval_basis) == (route != Approval.NONE)


@pytest.mark.parametrize("turn", range(len(Approval)))
def test_every_setting_of_every_direction_and_urgency_opens_its_one_door(cast, turn):
    """In four turns each direction and urgency has had each setting, always beside others that are set differently."""
    wanted = {way: list(Approval)[(place + turn) % len(Approval)] for place, way in enumerate(WAYS)}
    decide(cast, parameters.NEEDS_APPROVAL, "true")
    for way, route in wanted.items():
        decide(cast, parameters.APPROVERS[way], route)
    with scope(cast.township):
        assert routes_of(cast.township.institution_id) == wanted
        for way, route in wanted.items():
            assert doors(cast, way) == [HANDING_IN[route]], (way, route)
            assert doors(cast, way, is_emergency=True) == ["send"], way
    decide(cast, parameters.NEEDS_APPROVAL, "false")
    with scope(cast.township):
        assert {tuple(doors(cast, way)) for way in WAYS} == {("send",)}


def doors(cast, way, **facts):
    """Return the steps by which a referral may be handed in, as far as approval decides about it."""
    here, there = cast.township.institution_id, cast.county.institution_id
    referral = Referral(sender_id=here, receiver_id=there, direction=way[0], priority=way[1], **facts)
    steps = [FLOW.step(verb) for verb in dict.fromkeys(HANDING_IN.values())]
    return [step.verb for step in steps if not evaluate([one for one in step.needs if one in DECIDING], referral)]


def test_what_lies_on_a_desk_keeps_the_setting_it_was_handed_in_under(cast, head):
    want(cast, Approval.BOTH)
    first = cast.take(cast.draft(), "submit_to_head", by=cast.township)
    decide(cast, parameters.APPROVERS["up", 2], Approval.HEAD)
    assert "按提交时的设置" in refused(cast, first, "approve_as_head", head)
    again = cast.walk(first, ("recall", cast.township, {}), ("submit_to_head", cast.township, {}))
    assert cast.take(again, "approve_as_head", by=head).state == "submitted"


def test_a_setting_holds_from_its_day(cast):
    want(cast, Approval.NONE, days=3)
    assert "院内审核" in refused(cast, cast.draft(), "send", cast.township)
    with standing_at(clock.now() + timedelta(days=3)):
        assert cast.take(cast.draft(), "send", by=cast.township).state == "submitted"


def test_a_head_approves_for_the_own_department(cast, head):
    want(cast, Approval.HEAD)
    here = cast.township.institution_id
    wards = [Department.objects.create(institution_id=here, name=name) for name in ("内科", "外科")]
    Practitioner.objects.create(institution_id=here, name="外科主任", user_id=head.user_id, department=wards[1])
    draft = cast.draft(sender_department=wards[0].pk)
    referral = cast.take(draft, "submit_to_head", by=cast.township)
    assert "转出科室的科主任" in refused(cast, referral, "approve_as_head", head)
    assert cast.take(referral, "return_as_head", by=head, return_reason="请改由本科提交").state == "draft"


def test_where_the_head_decides_the_head_countersigns(cast, head):
    want(cast, Approval.HEAD, way=("up", 1))
    cast.sent(**UNSIGNED)
    with scope(head):
        task = Countersign.objects.get()
    assert "由原定的审核人补审" in refused(cast, task, "approve", cast.township_desk)
    assert cast.world.take(task, "approve", by=head).state == "approved"


def test_the_form_offers_the_button_that_fits(cast):
    assert offers.to_head(cast.township) is None
    want(cast, Approval.NONE, way=("down", 3))
    decide(cast, parameters.APPROVERS["up", 1], Approval.HEAD)
    assert offers.to_the_network(cast.township) == (
        "destination=network&is_emergency=true||destination=network&direction=down&priority=3"
    )
    assert offers.to_head(cast.township) == "is_emergency=false&direction=up&priority=1"
    assert offers.to_approval(cast.township).count("||") == 6, "the seven others go to the office"
