"""Stories of leaving: what is open is named, one by one, until it is settled."""

from datetime import date

import pytest

from yilian.domains.alliance.exit.panel import settlement
from yilian.domains.alliance.models import Agreement, Exit
from yilian.domains.alliance.tests.acts import on, refusal, today
from yilian.domains.alliance.tests.conftest import MEMBER
from yilian.kernel.access.scope import scope
from yilian.registry.consortia import is_member

PROMISES = {"promises_cooperation": True, "promises_use": True, "promises_notice": True}
NOTES = {"money_note": "无往来款。", "data_note": "共享资料已返还。"}


@pytest.fixture
def alliance(city):
    with on(2026, 2, 1):
        return city.founded().consortium_id


@pytest.fixture
def leaving(city, alliance):
    with on(2026, 8, 1):
        case = city.world.open("exit", by=city.county, consortium=alliance, reason="own_wish", wished_on="2026-09-01")
        return city.world.take(case, "announce", by=city.county)


def test_a_member_leaves_when_all_is_settled(city, alliance, leaving):
    with on(2026, 9, 1):
        case = city.world.take(leaving, "settle", by=city.office, **NOTES)
        case = city.world.take(case, "end_agreement", by=city.office, agreement_ended_on=today())
        assert case.state == "settling"
        case = city.world.take(case, "leave", by=city.county, left_on=today())
    assert case.state == "left"
    member = city.place(MEMBER).pk
    assert is_member(member, alliance, date(2026, 9, 1))
    assert not is_member(member, alliance, date(2026, 9, 2))
    assert Agreement.objects.get(consortium=alliance, institution=member).ended_on == date(2026, 9, 1)


def test_everything_that_blocks_is_named(city, alliance, leaving):
    with on(2026, 8, 10):
        plaque = city.world.open("plaque", by=city.county, consortium=alliance, evaluation="无", **PROMISES)
        plaque = city.world.take(plaque, "request", by=city.county)
        plaque = city.world.take(plaque, "consent", by=city.office, approved_name="联盟成员单位", consented_on=today())
        case = city.world.take(leaving, "settle", by=city.office, **NOTES)
        text = str(refusal(city, case, "leave", by=city.county, left_on=today()))
        assert f"未办结：挂牌申请 {plaque.number}" in text
        assert "“联盟成员单位”仍有效" in text
        assert "仍有效，由牵头单位办理「终止协议」" in text
        city.world.take(plaque, "surrender", by=city.county, ended_on=today())
        city.world.take(case, "end_agreement", by=city.office, agreement_ended_on=today())
        assert city.world.take(case, "leave", by=city.county, left_on=today()).state == "left"


def test_the_panel_lists_what_is_settled_and_what_is_not(city, leaving):
    with on(2026, 8, 10), scope(city.county):
        lines = settlement(Exit.objects.get(pk=leaving.pk), city.county)["lines"]
    broken = {line["rule"].key.split(".")[-1] for line in lines if line["broken"]}
    assert broken == {"agreement_is_ended", "money_and_data_are_settled"}


def test_the_lead_cannot_leave_its_own_alliance(city, alliance):
    with on(2026, 8, 1):
        case = city.world.open("exit", by=city.office, consortium=alliance, reason="own_wish", wished_on="2026-09-01")
        assert "只能提出解散" in str(refusal(city, case, "announce", by=city.office))


def test_who_is_no_member_cannot_leave(city, alliance):
    with on(2026, 8, 1):
        case = city.world.open("exit", by=city.stranger, consortium=alliance, reason="own_wish", wished_on="2026-09-01")
        assert "应是该医联体的成员" in str(refusal(city, case, "announce", by=city.stranger))


def test_strangers_see_no_exit(city, leaving):
    assert city.world.sees(city.office, leaving)
    assert city.world.sees(city.authority, leaving)
    assert not city.world.sees(city.stranger, leaving)
