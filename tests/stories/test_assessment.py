"""What an assessment takes from other domains and gives to them: rows, points, and the life of an alliance."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.world import CITY, COUNTY, TOWNSHIP
from yilian.domains.alliance import api as alliance
from yilian.domains.assessment.models import Sheet
from yilian.domains.assessment.schemes import shipped
from yilian.domains.assessment.scoring import result_of
from yilian.domains.assessment.sheet.measured import measured
from yilian.domains.assessment.tests.conftest import BAD, cast
from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import period_of
from yilian.kernel.indicators.abreast import evaluate_abreast
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.workflow.refusals import StepRefused
from yilian.registry import points
from yilian.registry.points import ScorePoint
from yilian.registry.regulations import S0

__all__ = ["cast"]


def test_a_failed_year_of_an_alliance_is_a_yellow_card(cast):
    period = cast.locked(cast.alliance)
    with pytest.raises(StepRefused, match="尚未确定"):
        cast.take(period, "publish", cast.authority)
    cast.take(period, "cancel", cast.lead)
    period = cast.published(cast.alliance, BAD)
    assert (period.is_passed, period.standing) == (False, "黄牌警告")
    assert alliance.standing(cast.alliance.pk, clock.today()) == "yellow_card"
    (result,) = alliance.results(cast.alliance.pk)
    assert (result["year"], result["is_passed"], result["total"]) == (2025, False, period.total)
    assert set(result["scores"]) <= {"mechanism", "cooperation", "sharing", "radiation", "sustainability"}
    again = cast.draft(cast.alliance)
    assert again.state == "draft"


def test_rows_corrected_after_the_lock_are_shown_and_do_not_move_the_score(world):
    people = make_cast(world)
    referral = people.walk(
        people.sent(), ("receive", people.county_desk, {}), ("accept", people.county_desk, {"instruction": "带资料"})
    )
    office, today = world.person("office", at=COUNTY), clock.today()
    facts = {"consortium": referral.consortium_id, "first_on": today - timedelta(days=30), "last_on": today}
    period = world.take(world.open("assessment_period", by=office, **facts), "start", by=office)
    world.take(period, "lock", by=office, gaps_note="试运行")
    with scope(office):
        sheet = Sheet.objects.select_related("period").get(member=world.place(COUNTY))
        item = next(item for item in sheet.period.items if item["key"] == "county_accepted")
        assert Decimal(sheet.lines["county_accepted"]["value"]) == 100
        assert not measured(sheet, item).drifted
        score = result_of(sheet)["lines"]["county_accepted"]
    with scope(people.county):
        Referral.objects.filter(pk=referral.pk).update(accepted_at=None)
    with scope(office):
        now = measured(sheet, item)
        assert (now.drifted, now.now) == (True, "0%")
        assert result_of(Sheet.objects.select_related("period").get(pk=sheet.pk))["lines"]["county_accepted"] == score


def test_members_measured_together_come_to_what_each_comes_to_alone(world):
    people = make_cast(world)
    accepted, period = (
        people.walk(
            people.sent(),
            ("receive", people.county_desk, {}),
            ("accept", people.county_desk, {"instruction": "带资料"}),
        ),
        period_of(clock.today(), 12),
    )
    hidden = people.draft()
    with scope(people.township):
        Referral.objects.filter(pk=hidden.pk).update(sent_at=clock.now(), answered_at=clock.now())
    eyes = [world.clock_at(name) for name in (COUNTY, TOWNSHIP, CITY)]
    places = [eye.institution_id for eye in eyes]
    together = {}
    for each in indicators:
        with scope(*eyes):
            together[each.key] = evaluate_abreast(each.key, places, accepted.consortium_id, period=period)
        for eye in eyes if together[each.key] else ():
            with scope(eye):
                alone = evaluate(each.key, eye.institution_id, accepted.consortium_id, period=period)
                said = together[each.key][eye.institution_id]
                numbers = (said.value.value, said.value.part, said.value.whole, said.rows_digest)
                assert numbers == (alone.value, alone.part, alone.whole, alone.rows_digest()), each.key
    assert together["referral.accepted"][places[0]].value.value == 100, "a row that the county does not see is not its"
    asked = {item["indicator"] for scheme in shipped().values() for item in scheme.items if item["indicator"]}
    assert {key for key in asked if together[key] is None} <= {"capacity.figures_out_of_date"}


def test_points_of_merit_and_penalty_reach_the_score_within_their_limits(cast, monkeypatch):
    county = cast.county.institution_id
    handed = [
        ScorePoint("a", county, Decimal("3"), "先进集体", date(2025, 5, 1), S0.article("管理制度 7")),
        ScorePoint("b", county, Decimal("-20"), "通报批评", date(2025, 3, 1), S0.article("管理制度 7")),
    ]
    monkeypatch.setattr(points, "sources", [lambda consortium_id, period: handed])
    cast.locked()
    sheet = cast.drafted(cast.sheet(cast.county), cast.county)
    assert [one["key"] for one in sheet.points] == ["b", "a"], "the earliest first"
    assert (sheet.result["bonus"], sheet.result["penalty"], str(sheet.total)) == ("3.00", "10.00", "81.24")
    assert cast.sheet(cast.township).points == []
