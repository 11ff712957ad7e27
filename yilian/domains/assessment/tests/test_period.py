"""Stories of a period: sheets for every member, data locked and unlocked, results published, a yellow card."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from yilian.domains.assessment.models import AssessmentPeriod, Sheet, SheetState
from yilian.domains.assessment.tests.conftest import GOOD
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.standing import standings
from yilian.kernel.workflow.refusals import Refused, StaleVersion
from yilian.registry.models import Membership


def refused(cast, case, verb, by, **answers) -> str:
    with pytest.raises(Refused) as caught:
        cast.take(case, verb, by, **answers)
    return str(caught.value)


def test_starting_opens_a_sheet_for_every_member_filled_with_what_is_known(cast):
    period = cast.started()
    sheets = cast.sheets()
    assert {sheet.member_id for sheet in sheets} == {
        one.institution_id for one in (cast.lead, cast.county, cast.township)
    }
    assert period.scheme == "county@1"
    assert sum(float(item["weight"]) for item in period.items) == 100
    line = sheets[1].lines["county_answered"]
    assert line["value"] is None, "nobody sent anything: unknown, not zero"
    assert len(line["definition"]) == 64
    assert {gap["item"] for gap in period.coverage} >= {"county_answered", "county_down"}


def test_members_see_their_own_sheet_and_that_a_period_runs(cast):
    period = cast.started()
    for actor, own in ((cast.county, 1), (cast.township, 1), (cast.authority, 3), (cast.stranger, 0)):
        with scope(actor):
            assert Sheet.objects.count() == own
            assert AssessmentPeriod.objects.filter(pk=period.pk).exists() == bool(own)


def test_missing_data_have_to_be_explained_before_they_are_locked(cast):
    period = cast.started()
    assert "无数据" in refused(cast, period, "lock", cast.lead)
    period = cast.take(period, "lock", cast.lead, gaps_note="试运行")
    assert {sheet.state for sheet in cast.sheets()} == {SheetState.SELF_ASSESSING}
    assert all(line["frozen"] for line in cast.sheets()[0].lines.values())


def test_unlocking_wants_a_reason_and_is_over_when_a_score_is_drafted(cast):
    period = cast.locked()
    assert "解锁理由" in refused(cast, period, "unlock", cast.lead)
    period = cast.take(period, "unlock", cast.lead, unlock_reason="补录三月转诊")
    assert {sheet.state for sheet in cast.sheets()} == {SheetState.COLLECTING}
    period = cast.take(period, "lock", cast.lead)
    cast.drafted(cast.sheet(cast.county), cast.county)
    assert "得分拟定后" in refused(cast, period, "unlock", cast.lead, unlock_reason="再补")


def test_who_joined_in_mid_year_is_measured_from_that_day(cast):
    Membership.objects.filter(consortium=cast.group, institution=cast.township.institution_id).update(
        since_on=date(2025, 7, 1)
    )
    cast.started()
    assert cast.sheet(cast.township).first_on == date(2025, 7, 1)
    assert cast.sheet(cast.county).first_on == date(2025, 1, 1)


def test_a_period_that_is_not_over_a_wrong_scheme_and_a_second_one_are_refused(cast):
    late = cast.draft(last_on=clock.today() + timedelta(days=1))
    assert "考核期应已结束" in refused(cast, late, "start", cast.lead)
    assert "不适用于" in refused(cast, cast.draft(scheme="alliance@1"), "start", cast.lead)
    cast.started()
    assert "已在办理" in refused(cast, cast.draft(), "start", cast.lead)


def test_two_who_lock_at_once_do_not_lock_twice(cast):
    period = cast.started()
    cast.world.take(period, "lock", by=cast.lead, version=period.version, gaps_note="试运行")
    with pytest.raises(StaleVersion):
        cast.world.take(period, "lock", by=cast.lead, version=period.version, gaps_note="试运行")


def owed(cast):
    with scope(cast.lead):
        found = standings(cast.lead.institution_id, clock.today(), [obligations["assessment.members"]])
    return [(one.state, one.last_day.year) for one in found if one.subject.consortium_id == cast.group.pk]


def test_a_group_has_a_ranking_and_no_card(cast):
    assert owed(cast) == [("unknown", clock.today().year)]
    period = cast.published(cast.group, GOOD)
    with clock.standing_at(timezone.make_aware(datetime.combine(period.last_on, time.max))):
        assert owed(cast) == [("kept", period.last_on.year)]
    assert (period.is_passed, period.standing, str(period.total)) == (True, "", "88.24")
    assert [line["rank"] for line in period.results["lines"]] == [1, 1, 1]
    with scope(cast.county):
        seen = AssessmentPeriod.objects.get(pk=period.pk)
        assert len(seen.results["lines"]) == 3, "peers are read once they are published"
        assert Sheet.objects.get().state == SheetState.PUBLISHED
