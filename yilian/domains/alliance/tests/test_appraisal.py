"""Stories of the yearly assessment: its edge days, its weights, and what may not be published."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from yilian.domains.alliance.appraisal.scoring import NoWeightsError, total_of
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.models import Assessment, Ending
from yilian.domains.alliance.tests.acts import assess, notified, on, refusal
from yilian.domains.alliance.tests.conftest import COUNTY_OFFICE, MEMBER
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow.refusals import NotYours, OpeningRefused

SCORES = {dimension.score: 80 for dimension in DIMENSIONS}
OWN = {dimension.self_score: 90 for dimension in DIMENSIONS}


@pytest.fixture
def alliance(city):
    with on(2026, 1, 20):
        return city.founded().consortium_id


def test_the_day_before_half_a_year_is_refused_with_the_day(city, alliance):
    with on(2026, 7, 19), pytest.raises(OpeningRefused) as refused:
        city.world.open("appraisal", by=city.authority, consortium=alliance, year=2026)
    [reason] = refused.value.reasons
    assert reason.passes_on == date(2026, 7, 20)
    assert "第十九条" in reason.text


def test_on_the_day_it_may_be_assessed(city, alliance):
    with on(2026, 7, 20):
        assert notified(city, alliance, 2026).state == "self_assessing"


def test_self_assessment_objection_and_publication(city, alliance):
    with on(2026, 12, 1):
        case = notified(city, alliance, 2026)
        case = city.world.take(case, "self_assess", by=city.office, self_report="见附件。", **OWN)
        case = city.world.take(case, "score", by=city.authority, opinion="良好。", **SCORES)
        assert (case.total, case.is_passed) == (Decimal("80.00"), True)
        case = city.world.take(case, "object", by=city.office, objection="资源共享未计入远程会诊。")
        scores = SCORES | {"score_sharing": 95}
        case = city.world.take(case, "score", by=city.authority, opinion="采纳。", **scores)
        assert not city.world.sees(city.county, case)
        case = city.world.take(case, "publish", by=city.authority)
    result = Assessment.objects.get(consortium=alliance)
    assert (result.total, result.weights["sharing"], result.scores["sharing"]) == (Decimal("83.00"), "20", "95.00")
    assert city.world.sees(city.county, case)
    assert not city.world.sees(city.stranger, case)


def test_a_score_is_between_nothing_and_a_hundred(city, alliance):
    with on(2026, 12, 1):
        case = city.world.take(notified(city, alliance, 2026), "proceed", by=city.authority)
        scores = SCORES | {"score_sharing": "100.5"}
        assert "应在 0 与 100 之间" in str(refusal(city, case, "score", by=city.authority, opinion="无", **scores))


def test_weights_and_pass_mark_are_parameters_and_frozen_with_the_result(city, alliance):
    with on(2026, 11, 1):
        rest = {"by": city.authority, "effective_from": date(2026, 11, 1), "ground": "江卫医发〔2026〕40号"}
        set_value("alliance.weight_sharing", "60", **rest)
        set_value("alliance.pass_mark", "70", **rest)
    with on(2026, 12, 1):
        case = city.world.take(notified(city, alliance, 2026), "proceed", by=city.authority)
        scores = SCORES | {"score_sharing": 50}
        case = city.world.take(case, "score", by=city.authority, opinion="无", **scores)
        city.world.take(case, "publish", by=city.authority)
    result = Assessment.objects.get(consortium=alliance)
    assert (result.total, result.pass_mark, result.is_passed) == (Decimal("67.14"), Decimal("70.00"), False)


def test_a_year_is_published_once(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance, 2026, 80)
        case = city.world.open("appraisal", by=city.authority, consortium=alliance, year=2026)
        assert "只公布一次" in str(refusal(city, case, "notify", by=city.authority))


def test_an_earlier_year_is_not_assessed_after_a_later_one(city, alliance):
    with on(2027, 12, 1):
        assess(city, alliance, 2027, 80)
        case = city.world.open("appraisal", by=city.authority, consortium=alliance, year=2026)
        assert "2027 年度已公布" in str(refusal(city, case, "notify", by=city.authority))


def test_only_the_authority_that_filed_it_assesses(city, alliance):
    county = city.world.person("authority", at=COUNTY_OFFICE)
    with on(2026, 12, 1):
        case = city.world.open("appraisal", by=county, consortium=alliance, year=2026)
        assert "主管部门是江城市卫生健康委员会" in str(refusal(city, case, "notify", by=county))
        case = notified(city, alliance, 2026)
        with pytest.raises(NotYours):
            city.world.take(case, "proceed", by=city.office)


def test_a_published_result_cannot_be_changed(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance, 2026, 80)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Assessment.objects.filter(consortium=alliance).update(is_passed=False)


def test_failing_again_while_being_dissolved_orders_nothing_twice(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance, 2026, 10)
    with on(2027, 12, 1):
        assess(city, alliance, 2027, 10)
    with on(2028, 12, 1):
        assess(city, alliance, 2028, 10)
    assert Ending.objects.filter(consortium=alliance).count() == 1


def test_two_failed_years_with_a_year_between_order_nothing(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance, 2026, 10)
    with on(2028, 12, 1):
        assess(city, alliance, 2028, 10)
    assert not Ending.objects.filter(consortium=alliance).exists()


def test_the_authority_may_not_order_without_two_failed_years(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance, 2026, 10)
        case = city.world.open("dissolution", by=city.authority, consortium=alliance, grounds="提前解散")
        refused = refusal(city, case, "order", by=city.authority)
    assert "目前连续不合格 1 年" in str(refused)


WEIGHTS = st.fixed_dictionaries({one.key: st.decimals(0, 100, places=1) for one in DIMENSIONS})
GIVEN = st.fixed_dictionaries({one.key: st.decimals(0, 100, places=2) for one in DIMENSIONS})


@given(GIVEN, WEIGHTS)
def test_a_total_lies_between_the_lowest_and_the_highest_score(scores, weights):
    if not any(weights.values()):
        with pytest.raises(NoWeightsError):
            total_of(scores, weights)
        return
    counted = [scores[key] for key, weight in weights.items() if weight]
    assert min(counted) <= total_of(scores, weights) <= max(counted)


def test_members_are_not_asked_for_an_assessment_of_their_own(city, alliance):
    with pytest.raises(NotYours, match="「年度考核」由考核机关"):
        city.world.open("appraisal", by=city.world.person("office", at=MEMBER), consortium=alliance, year=2026)
