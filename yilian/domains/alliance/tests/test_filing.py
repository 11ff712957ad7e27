"""Stories of a filing: the way to the approval, and every refusal on it."""

from datetime import date
from uuid import uuid4

import pytest

from yilian.domains.alliance import api
from yilian.domains.alliance.clocks import banned_until, may_apply_from
from yilian.domains.alliance.models import Cause, Council, Ending, Foundation
from yilian.domains.alliance.tests.conftest import (
    CITY_OFFICE,
    COUNTY_OFFICE,
    FAR,
    HEART,
    INNER,
    LEAD,
    MEMBER,
    PROVINCE_OFFICE,
    TOWN,
)
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import NotYours, StepRefused
from yilian.registry.consortia import members_of
from yilian.registry.memberships import end_consortium
from yilian.registry.models import Code, Consortium, Institution


def refusal(city, case, verb, *, by, **answers) -> StepRefused:
    """Take a step that must be refused and return the refusal."""
    with pytest.raises(StepRefused) as refused:
        city.world.take(case, verb, by=by, **answers)
    return refused.value


def test_from_the_application_to_the_approval(city):
    case = city.founded()
    assert case.state == "approved"
    alliance = Consortium.objects.get(pk=case.consortium_id)
    assert (alliance.kind, alliance.specialty.code, alliance.filing_level) == ("specialty_alliance", "03.04", 2)
    assert alliance.filing_number == "江卫医发〔2026〕12号"
    today = clock.today()
    assert [row.institution.name for row in members_of(alliance.pk, today)] == [LEAD, MEMBER]
    council = Council.objects.get(consortium=alliance)
    assert (council.since_on, council.until_on) == (date(2026, 1, 10), date(2030, 1, 9))
    assert [seat.name for seat in council.seats.all()] == ["林静", "周明"]
    assert Foundation.objects.get(consortium=alliance).authority.name == CITY_OFFICE


def test_the_authority_that_files_and_those_above_take_part_and_nobody_else(city):
    case = city.world.take(city.filing(), "submit", by=city.office)
    province = city.world.person("authority", at=PROVINCE_OFFICE)
    county = city.world.person("authority", at=COUNTY_OFFICE)
    assert city.world.sees(city.authority, case)
    assert city.world.sees(province, case)
    assert not city.world.sees(county, case)
    assert not city.world.sees(city.stranger, case)
    with pytest.raises(NotYours, match="「同意筹建」由备案机关"):
        city.world.take(case, "consent", by=province)


def test_members_see_the_filing_once_the_materials_are_in(city):
    case = city.prepared()
    assert not city.world.sees(city.county, case)
    case = city.world.take(case, "present", by=city.office)
    assert city.world.sees(city.county, case)


@pytest.mark.parametrize(
    ("other", "level", "office"),
    [
        ({"coverage": ["990121"], "name": "江城市心血管内科专科联盟"}, 2, CITY_OFFICE),
        ({"coverage": ["990102", "990121"]}, 2, CITY_OFFICE),
        ({"coverage": ["990100"]}, 2, CITY_OFFICE),
        ({"coverage": ["990102", "990200"]}, 1, PROVINCE_OFFICE),
        ({"coverage": ["990102"], "name": "楚南省心血管内科专科联盟"}, 1, PROVINCE_OFFICE),
        ({"coverage": ["990102"], "name": "楚南心血管内科专科联盟"}, 1, PROVINCE_OFFICE),
    ],
)
def test_the_authority_follows_from_coverage_and_name(city, other, level, office):
    case = city.filing(**other)
    assert (case.level, Institution.objects.get(pk=case.authority_id).name) == (level, office)


def test_within_one_county_the_county_files(city):
    office = city.world.person("office", at=MEMBER)
    case = city.world.open("filing", by=office, name="北岭县心血管内科专科联盟", coverage=["990121101"])
    assert Institution.objects.get(pk=case.authority_id).name == COUNTY_OFFICE


def test_a_level_without_an_authority_is_named(city):
    lone = city.world.place("东湖区专科医院", region_id="990102")
    case = city.world.open("filing", by=city.world.person("office", at=lone.name), coverage=["990102"], name="东湖")
    refused = refusal(city, case, "submit", by=city.world.person("office", at=lone.name))
    assert "应由县区级备案，但该级卫生健康行政部门尚未登记" in str(refused)
    assert "第八条" in str(refused)


@pytest.mark.parametrize(
    ("other", "sentence", "article"),
    [
        ({"name": "江城市心脏协作组"}, "未见：专科名称、专科联盟", "第七条"),
        ({"name": "心血管内科专科联盟"}, "未见：行政区划", "第七条"),
        ({"specialty": "03"}, "“内科”不是二级诊疗科目", "第六条"),
        ({"basis": "centre", "field_name": "胸痛中心", "name": "江城市胸痛中心专科联盟"}, "选用说明", "第六条"),
        ({"specialty": "04.03", "name": "江城市骨科专科联盟"}, "登记的诊疗科目中没有“骨科”", "第五条"),
    ],
)
def test_what_the_application_lacks_is_said_with_the_article(city, other, sentence, article):
    refused = refusal(city, city.filing(**other), "submit", by=city.office)
    assert sentence in str(refused)
    assert article in str(refused)


@pytest.mark.parametrize(
    "other",
    [
        {"name": "江城心血管内专科联盟"},
        {"name": "心血管健康联盟", "name_note": "沿用既有名称"},
        {"basis": "centre", "basis_note": "本市胸痛中心", "field_name": "胸痛中心", "name": "江城市胸痛中心专科联盟"},
        {"specialty": "03", "basis": "first_level", "basis_note": "综合内科协作", "name": "江城市内科专科联盟"},
    ],
)
def test_names_and_specialties_that_are_allowed(city, other):
    assert city.world.take(city.filing(**other), "submit", by=city.office).state == "submitted"


def test_without_a_feasibility_report_nothing_is_submitted(city):
    case = city.world.open("filing", by=city.office, name="江城市心血管内科专科联盟", specialty="03.04",
                           basis="second_level", coverage=["990121"], feasibility="有。")  # fmt: skip
    assert "可行性报告（依据：《银川市专科联盟管理办法（试行）》第九条）" in str(
        refusal(city, case, "submit", by=city.office)
    )


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (
            {"seats": [{"position": "chair", "name": "林静"}, {"position": "chair", "name": "周明"}]},
            "2 名理事长：林静、周明",
        ),
        ({"seats": [{"position": "vice", "name": "周明"}]}, "尚未填写理事长"),
        ({"seats": [{"position": "chair", "name": "林静"}]}, "尚未填写副理事长"),
        ({"secretariat": ""}, "秘书处或办公室"),
        ({"members": []}, "牵头单位以外的成员单位"),
        ({"council_since": ""}, "本届起始日期"),
        ({"charter_on": "2030-01-01"}, "不晚于今天"),
    ],
)
def test_what_the_materials_lack_is_said(city, other, sentence):
    assert sentence in str(refusal(city, city.prepared(**other), "present", by=city.office))


def test_a_member_from_another_city_would_change_the_level(city):
    case = city.prepared(members=[city.place(MEMBER).pk, city.place(FAR).pk])
    refused = refusal(city, case, "present", by=city.office)
    assert "不再由地市级备案" in str(refused)


def test_a_visit_that_went_badly_stands_against_the_approval(city):
    case = city.agreed(city.world.take(city.prepared(), "present", by=city.office))
    case = city.world.take(case, "order_visit", by=city.authority, visit_planned_on="2026-12-01")
    visit = {"visited_on": clock.today().isoformat(), "visitors": "郑文", "findings": "秘书处未设专人。"}
    case = city.world.take(case, "record_visit", by=city.authority, visit_passed=False, **visit)
    answers = {"approval_number": "1", "approved_on": clock.today().isoformat()}
    assert "核实结论" in str(refusal(city, case, "approve", by=city.authority, **answers))
    case = city.world.take(case, "order_visit", by=city.authority)
    case = city.world.take(case, "record_visit", by=city.authority, visit_passed=True, **visit)
    assert city.world.take(case, "approve", by=city.authority, **answers).state == "approved"


def test_returned_corrected_and_submitted_again(city):
    case = city.world.take(city.filing(), "submit", by=city.office)
    case = city.world.take(case, "return_application", by=city.authority, return_reason="coverage")
    case = city.world.take(case, "edit", by=city.office, coverage=["990102", "990221"])
    assert Institution.objects.get(pk=case.authority_id).name == PROVINCE_OFFICE
    case = city.world.take(case, "submit", by=city.office)
    assert city.world.sees(city.world.person("authority", at=PROVINCE_OFFICE), case)
    assert not city.world.sees(city.authority, case)


def test_the_database_lets_a_lead_file_a_specialty_once_at_a_time(city):
    first = city.world.take(city.filing(), "submit", by=city.office)
    second = city.filing(name="江城市心血管内科专科联盟二", name_note="试")
    assert "正在办理" in str(refusal(city, second, "submit", by=city.office))
    city.world.take(first, "withdraw", by=city.office)
    assert city.world.take(second, "submit", by=city.office).state == "submitted"


def test_a_refusal_names_its_reason(city):
    case = city.world.take(city.filing(), "submit", by=city.office)
    assert "须写明具体情况" in str(refusal(city, case, "refuse", by=city.authority, refuse_reason="not_needed"))
    case = city.world.take(case, "refuse", by=city.authority, refuse_reason="no_strength")
    assert (case.state, case.claim) == ("refused", None)


def test_the_lead_of_a_failed_alliance_waits_three_years(city):
    alliance = Consortium.objects.get(pk=city.founded().consortium_id)
    ended = clock.today()
    with scope(city.authority):
        end_consortium(alliance, by=city.authority, on=ended)
    Ending.objects.create(
        consortium=alliance, cause=Cause.FAILED, ordered_on=ended, ended_on=ended, case_id=city.filing().pk
    )
    refused = refusal(city, city.filing(), "submit", by=city.office)
    banned = next(reason for reason in refused.reasons if reason.passes_on)
    assert banned.passes_on == date(ended.year + 3, ended.month, ended.day + 1)
    assert "前不得再次申请该专业" in banned.text
    assert "第二十条" in banned.text
    Ending.objects.update(ended_on=None)
    ordered = refusal(city, city.filing(), "submit", by=city.office)
    assert "自解散之日起 3 年内不得再次申请该专业" in str(ordered)


OTHER = "04.03"
NAMES = {HEART: "心血管内科", INNER: "内科", "03.01": "呼吸内科", OTHER: "骨科"}


def asked_for(city, specialty):
    """File for a specialty that the lead practises."""
    city.place(LEAD).subjects.add(Code.objects.get(system_id="specialty", code=specialty))
    how = {"basis": "second_level"} if "." in specialty else {"basis": "first_level", "basis_note": "综合协作"}
    return city.filing(specialty=specialty, name=f"江城市{NAMES[specialty]}专科联盟", **how)


def dissolved_for_failing(city, specialty):
    """Let an alliance of this specialty have been dissolved for failing, today."""
    today, code = clock.today(), Code.objects.get(system_id="specialty", code=specialty)
    facts = {"kind": "specialty_alliance", "lead": city.place(LEAD), "specialty": code}
    alliance = Consortium.objects.create(name="旧联盟", founded_on=date(2020, 1, 1), ended_on=today, **facts)
    Ending.objects.create(consortium=alliance, cause=Cause.FAILED, ordered_on=today, ended_on=today, case_id=uuid4())


@pytest.mark.parametrize(("lost", "asked"), [(HEART, INNER), (INNER, HEART)])
def test_a_ban_holds_above_and_below_the_lost_specialty(city, lost, asked):
    dissolved_for_failing(city, lost)
    refused = refusal(city, asked_for(city, asked), "submit", by=city.office)
    banned = next(reason for reason in refused.reasons if reason.passes_on)
    assert banned.passes_on == may_apply_from(clock.today())
    for part in (f"{banned.passes_on} 前不得再次申请", f"{lost} {NAMES[lost]}与{asked} {NAMES[asked]}", "第二十条"):
        assert part in banned.text
    assert api.banned_until(city.place(LEAD).pk, asked) == banned_until(clock.today())


@pytest.mark.parametrize("asked", ["03.01", OTHER])
def test_a_ban_does_not_reach_beside_the_lost_specialty(city, asked):
    dissolved_for_failing(city, HEART)
    assert city.world.take(asked_for(city, asked), "submit", by=city.office).state == "submitted"


def test_a_township_is_no_stranger_to_its_own_draft_only(city):
    case = city.filing()
    assert not city.world.sees(city.world.person("office", at=TOWN), case)
