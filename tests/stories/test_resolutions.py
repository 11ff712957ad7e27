"""A resolution is the change: members vote a time limit down, and the next referral is due by it."""

from datetime import date, timedelta

import pytest

from tests.world import CITY, COUNTY, TOWNSHIP
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.models import ParameterValue
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Consortium
from yilian.registry.patients import register_patient

KEY = "referral.answer_hours"


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.fixture
def community(cast):
    return Consortium.objects.get(name="北岭县医共体")


def resolved(cast, community, **other):
    """Let the community vote its answer limit down to twelve hours; return the motion and its lead."""
    lead, member = (cast.world.person("office", at=name) for name in (COUNTY, TOWNSHIP))
    answers = {
        "consortium": community.pk, "subject": "缩短转诊答复时限", "text": "普通转诊十二小时内答复。",
        "matter": "parameter", "parameter": KEY, "value": "12",
    }  # fmt: skip
    motion = cast.world.take(cast.world.open("motion", by=lead, **answers | other), "put", by=lead)
    for actor in (lead, member):
        motion = cast.world.take(motion, "vote", by=actor, ballot="for")
    return cast.world.take(motion, "count", by=lead), lead


def sent(cast, **changes):
    """Send a referral of ordinary urgency."""
    return cast.sent(priority="3", **changes)


def hours(referral):
    return (referral.due - referral.since) / timedelta(hours=1)


def test_a_referral_after_the_resolution_is_due_by_it_and_one_before_is_not(cast, community):
    before = sent(cast)
    assert (before.consortium_id, hours(before)) == (community.pk, 48)
    motion, _lead = resolved(cast, community)
    assert motion.outcome == "passed"
    assert hours(sent(cast, patient=second_patient(cast))) == 12
    assert cast.fresh(before).due == before.due


def test_another_consortium_is_untouched(cast, community):
    resolved(cast, community)
    elsewhere = sent(cast, receiver=cast.city.institution_id)
    assert (elsewhere.consortium.name, hours(elsewhere)) == ("江城市医疗集团", 48)


def test_it_waits_for_its_day(cast, community):
    day = clock.today() + timedelta(days=10)
    resolved(cast, community, effective_on=day)
    assert hours(sent(cast)) == 48
    assert value_of(KEY, consortium_id=community.pk, on=day) == 12


def test_a_day_that_has_passed_while_voting_becomes_today(cast, community):
    lead = cast.world.person("office", at=COUNTY)
    answers = {
        "consortium": community.pk, "subject": "缩短转诊答复时限", "text": "十二小时。", "matter": "parameter",
        "parameter": KEY, "value": "12", "effective_on": clock.today(),
    }  # fmt: skip
    motion = cast.world.take(cast.world.open("motion", by=lead, **answers), "put", by=lead)
    motion = cast.world.take(motion, "vote", by=lead, ballot="for")
    with clock.standing_at(motion.due + timedelta(minutes=1)):
        motion = cast.world.take(motion, "count", by=cast.world.clock_at(COUNTY))
        assert (motion.outcome, ParameterValue.objects.get().effective_from) == ("passed", clock.today())


def test_a_rejected_motion_changes_nothing(cast, community):
    lead, member = (cast.world.person("office", at=name) for name in (COUNTY, TOWNSHIP))
    answers = {"consortium": community.pk, "subject": "缩短时限", "text": "十二小时。", "matter": "parameter",
               "parameter": KEY, "value": "12"}  # fmt: skip
    motion = cast.world.take(cast.world.open("motion", by=lead, **answers), "put", by=lead)
    for actor in (lead, member):
        motion = cast.world.take(motion, "vote", by=actor, ballot="against")
    assert cast.world.take(motion, "count", by=lead).outcome == "rejected"
    assert not ParameterValue.objects.exists()


def test_motion_and_parameter_lead_to_each_other(cast, community, client):
    motion, lead = resolved(cast, community)
    row = ParameterValue.objects.get()
    assert (row.case_id, row.consortium_id, row.value) == (motion.pk, community.pk, "12")
    user = User.objects.get(pk=lead.user_id)
    user.posts.update(consortium=community)
    client.force_login(user)
    assert f'href="{motion.get_absolute_url()}"' in client.get(f"/parameters/{KEY}/").content.decode()
    page = client.get(motion.get_absolute_url()).content.decode()
    assert f'href="/parameters/{KEY}/"' in page
    assert "已生效" in page


def test_who_does_not_see_the_motion_is_given_no_link(cast, community, client):
    motion, _lead = resolved(cast, community)
    stranger = cast.world.user("office", at=CITY)
    stranger.posts.update(consortium=community)
    client.force_login(stranger)
    page = client.get(f"/parameters/{KEY}/").content.decode()
    assert f"决议 {motion.number}" in page
    assert motion.get_absolute_url() not in page


def second_patient(cast):
    """Return another patient, since one open referral for a patient and problem is allowed."""
    with scope(cast.township):
        return register_patient(by=cast.township, name="周某", sex="2", birth_on=date(1960, 5, 1))[0].pk
