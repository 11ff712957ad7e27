"""Whose hospital counts as one's own: the group's and the community's, not everybody's in a network."""

import pytest

from tests.world import CITY, COUNTY, ELSEWHERE
from yilian.domains.referral import parameters
from yilian.domains.referral.tests.cast import SINCE, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow.lookups import lookups
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.models.institution import Grade


@pytest.fixture
def network(cast):
    """A telemedicine network of the township and the hospital elsewhere."""
    made = Consortium.objects.create(
        name="楚江远程医疗协作网", kind=ConsortiumKind.TELEMEDICINE_NETWORK, lead_id=cast.stranger.institution_id,
        founded_on=SINCE,
    )  # fmt: skip
    for member in (cast.township, cast.stranger):
        Membership.objects.create(consortium=made, institution_id=member.institution_id, since_on=SINCE)
    return made


def test_a_shared_network_is_not_ones_own(cast, network):
    referral = cast.draft(receiver=cast.stranger.institution_id)
    assert "应先与对方对接" in refused(cast, referral, "send", cast.township)
    with scope(cast.township_desk):
        set_value(
            parameters.ALLIANCES_ARE_OWN, "true", by=cast.township_desk, effective_from=clock.today(), ground="院务会",
            institution_id=cast.township.institution_id,
        )  # fmt: skip
    sent = cast.take(referral, "send", by=cast.township)
    assert (sent.state, sent.consortium_id) == ("submitted", network.pk)


def test_ones_own_group_is_offered_first_and_named(cast, network):
    with scope(cast.township):
        found = lookups["institution"].search(cast.township, "", "", {})
    names = [one.label for one in found]
    assert names.index(CITY) < names.index(COUNTY) < names.index(ELSEWHERE)
    hints = {one.label: one.hint for one in found}
    assert "北岭县医共体" in hints[COUNTY]
    assert "楚江远程医疗协作网" in hints[ELSEWHERE]


@pytest.mark.parametrize(("direction", "fits"), [("lateral", "上转"), ("down", "上转"), ("up", "")])
def test_the_direction_follows_the_grades(cast, direction, fits):
    given = {"direction": direction, "receiver": cast.city.institution_id}
    if direction == "down":
        given |= {"down_reason": "stable", "care_plan": "继续治疗"}
    draft = cast.draft(**given)
    if not fits:
        assert cast.take(draft, "send", by=cast.township).state == "submitted"
    else:
        assert f"应选“{fits}”" in refused(cast, draft, "send", cast.township)


def test_lateral_is_between_equals(cast):
    township = cast.world.place("柳河镇中心卫生院", grade=Grade.LEVEL_1_B, region_id="420121")
    contact = {"outside_contact": "值班", "outside_contact_note": "同意", "outside_contact_at": clock.now()}
    draft = cast.draft(direction="lateral", receiver=township.pk, **contact)
    assert cast.take(draft, "send", by=cast.township).state == "submitted"


def test_a_specialised_hospital_without_a_grade_may_be_beside(cast):
    special = cast.world.place("江城市口腔医院", region_id="420100")
    contact = {"outside_contact": "值班", "outside_contact_note": "同意", "outside_contact_at": clock.now()}
    draft = cast.draft(direction="lateral", receiver=special.pk, **contact)
    assert cast.take(draft, "send", by=cast.township).state == "submitted"
