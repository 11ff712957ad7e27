"""What the cards of a sheet and a period say: what is to do, looks odd, was found on site, and who stands where."""

import pytest

from tests.stories.services_cast import browser
from yilian.domains.assessment.models import Remark, RemarkKind
from yilian.domains.assessment.tests.conftest import GOOD
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.notices.models import Notice


@pytest.fixture
def sheet(cast):
    """The county's sheet, its data locked."""
    cast.locked()
    return cast.sheet(cast.county)


def page(actor, sheet, rest=""):
    return browser(actor).get(f"/assessment/{sheet.pk}/{rest}")


def test_both_sides_open_the_cases_of_a_flag_and_the_member_explains_it_there(cast, sheet):
    shared, hidden = sheet.period, cast.draft(cast.alliance)
    with scope(cast.lead):
        facts = {"institution_id": cast.lead.institution_id, "by_name": "系统", "at": clock.now()}
        flag = Remark.objects.create(case=sheet, kind=RemarkKind.FLAG, check_key="referral.round_trip",
                                     text="1 例当日往返", cases=[shared.pk, hidden.pk], **facts)  # fmt: skip
    for actor in (cast.lead, cast.county):
        told = page(actor, sheet).content.decode()
        assert "1 例当日往返" in told
        assert f'href="/assessment_period/{shared.pk}/"' in told
        assert (hidden.number in told) == (actor is cast.lead), "an opened draft is the lead's own"
    dialog = page(cast.county, sheet, f"do/explain/?flag={flag.pk}")
    assert "1 例当日往返" in dialog.content.decode()
    assert page(cast.lead, sheet, f"do/explain/?flag={flag.pk}").status_code == 403
    cast.take(sheet, "explain", cast.county, flag=flag.pk, text="病情变化，当日回转")
    assert "病情变化，当日回转" in page(cast.lead, sheet).content.decode()


def test_the_sheet_says_what_is_still_to_do_and_where_to_begin(cast, sheet):
    assert "没有自评" in page(cast.county, sheet).content.decode()
    assert "没有自评" not in page(cast.lead, sheet).content.decode()
    sheet = cast.take(sheet, "question", cast.county, item="county_down", text="三月数据不全")
    sheet = cast.reviewing(sheet, cast.county)
    told = page(cast.lead, sheet).content.decode()
    assert "line/?item=county_plan" in told
    assert "1 项异议待答复" in told
    line = page(cast.lead, sheet, "line/?item=county_down").content.decode()
    assert "do/answer/?objection=" in line
    assert "do/answer/?objection=" not in page(cast.county, sheet, "line/?item=county_down").content.decode()


def test_what_was_found_on_site_is_read_by_both_sides(cast, sheet):
    sheet = cast.reviewing(sheet, cast.county)
    findings = [{"item": "county_plan", "finding": "方案未挂网"}, {"finding": "台账齐全", "is_in_order": True}]
    sheet = cast.take(sheet, "inspect", cast.lead, inspected_on="2026-01-20", inspectors="林静", findings=findings)
    for actor in (cast.lead, cast.county):
        told = page(actor, sheet).content.decode()
        assert "不符：方案未挂网" in told
        assert "台账齐全" in told, "a finding about no line in particular"
        assert "2026-01-20" in told


def test_the_last_final_score_tells_the_authority_and_the_table_keeps_the_order_of_the_scheme(cast):
    period = cast.locked(cast.alliance)
    people = {one.institution_id: one for one in (cast.lead, cast.county, cast.township)}
    words = f"{period.number} 的得分均已确定，可以公布"
    for sheet in cast.sheets():
        with scope(cast.authority):
            assert not Notice.objects.filter(text=words).exists()
        cast.take(cast.drafted(sheet, people[sheet.member_id], GOOD), "accept", people[sheet.member_id])
    with scope(cast.authority):
        assert Notice.objects.filter(text=words).count() == 1
    cast.take(period, "publish", cast.authority)
    told = browser(cast.county).get(f"/assessment_period/{period.pk}/").content.decode()
    places = [told.index(f">{title}</th>") for title in ("运行机制", "分工协作", "资源共享", "技术辐射", "可持续发展")]
    assert places == sorted(places)
    assert f'href="/assessment/{cast.sheet(cast.county).pk}/">北岭' in told, "the own line opens to the own sheet"
    assert f'href="/assessment/{cast.sheet(cast.township).pk}/"' not in told
