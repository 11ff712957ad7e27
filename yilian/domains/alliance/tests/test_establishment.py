"""Stories of an establishment: grids, who may lead, who takes part, what stays unchanged."""

import pytest
from django.db import IntegrityError, transaction

from yilian.domains.alliance.models import Establishment, Foundation
from yilian.domains.alliance.tests.acts import refusal, today
from yilian.domains.alliance.tests.conftest import CITY_OFFICE, COMPLETE, COUNTY_OFFICE, FAR, LEAD, MEMBER, TOWN
from yilian.registry.models import Consortium, Grid, Institution
from yilian.registry.models.consortium import ConsortiumKind

CENTRES = ["staff", "finance", "public_health", "information", "logistics"]
UNCHANGED = ["assets", "affiliation", "funding", "identity"]


def grid(name, *codes):
    made = Grid.objects.create(name=name, population=600_000)
    made.regions.set(codes)
    return made


@pytest.fixture
def east(city):
    Institution.objects.filter(name=LEAD).update(grade=9, affiliation=3)
    Institution.objects.filter(name=MEMBER).update(grade=6, affiliation=4)
    return grid("东湖网格", "990102")


@pytest.fixture
def north(city):
    return grid("北岭县网格", "990121")


def group(city, grid_id, *, by=None, attach=True, **other):
    answers = {
        "form": "city_group", "name": "江城市第一人民医院城市医疗集团", "grid": grid_id, "plan": "分区包段。",
        "members": [city.place(TOWN).pk], "management_body": "集团管理委员会", "centres": CENTRES,
        "unchanged": UNCHANGED, "charter_on": "2026-01-05",
    }  # fmt: skip
    case = city.world.open("establishment", by=by or city.office, **answers | other)
    if attach:
        city.attach(case, "alliance.charter", by=by or city.office)
    return case


def approve(city, case, *, by=None, **other):
    answers = {"approval_number": "江卫发〔2026〕1号", "approved_on": today()}
    case = city.agreed(case)
    return city.world.take(case, "approve", by=by or city.authority, **answers | other)


def test_a_city_group_is_established_for_its_grid(city, east):
    case = city.world.take(group(city, east.pk), "submit", by=city.office)
    assert city.world.sees(city.world.person("office", at=TOWN), case)
    assert not city.world.sees(city.stranger, case)
    case = approve(city, case)
    made = Consortium.objects.get(pk=case.consortium_id)
    assert (made.kind, made.grid, made.lead.name) == (ConsortiumKind.CITY_GROUP, east, LEAD)
    foundation = Foundation.objects.get(consortium=made)
    assert (foundation.centres, foundation.unchanged) == (CENTRES, UNCHANGED)
    assert foundation.authority.name == CITY_OFFICE


def test_a_grid_belongs_to_one_consortium(city, east):
    approve(city, city.world.take(group(city, east.pk), "submit", by=city.office))
    text = str(refusal(city, group(city, east.pk, name="第二集团"), "submit", by=city.office))
    assert "“东湖网格”已由江城市第一人民医院城市医疗集团负责" in text
    assert "摘编第9项" in text


def test_the_database_itself_refuses_a_second_consortium_on_a_grid(city, east):
    approve(city, city.world.take(group(city, east.pk), "submit", by=city.office))
    with pytest.raises(IntegrityError, match="consortium_one_per_grid"), transaction.atomic():
        Consortium.objects.create(
            kind="city_group", name="绕过规则", lead=city.place(LEAD), grid=east, founded_on="2026-12-01"
        )


def test_a_grid_is_applied_for_once_at_a_time(city, east):
    city.world.take(group(city, east.pk), "submit", by=city.office)
    other = group(city, east.pk, name="另一集团")
    assert "正在办理" in str(refusal(city, other, "submit", by=city.office))


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"grid": ""}, "应指明负责的网格"),
        ({"members": []}, "成员单位"),
        ({"management_body": ""}, "管理专门机构"),
        ({"centres": CENTRES[:3]}, "未列：信息、后勤"),
        ({"unchanged": UNCHANGED[:2]}, "未确认：财政投入渠道、人员身份关系"),
        ({"charter_on": ""}, "章程通过日期"),
    ],
)
def test_what_a_group_lacks_is_said(city, east, other, says):
    assert says in str(refusal(city, group(city, east.pk, **other), "submit", by=city.office))


@pytest.mark.parametrize(
    "other",
    [
        {"centres": CENTRES[:3], "centres_plan": "信息、后勤中心 2027 年设置。"},
        {"unchanged": UNCHANGED[:2], "unchanged_note": "试点人员统一管理。"},
    ],
)
def test_deviations_pass_when_they_are_explained(city, east, other):
    assert city.world.take(group(city, east.pk, **other), "submit", by=city.office).state == "submitted"


def test_a_hospital_of_lower_grade_says_why_it_represents_the_region(city, east):
    Institution.objects.filter(name=LEAD).update(grade=6)
    text = str(refusal(city, group(city, east.pk), "submit", by=city.office))
    assert "不是市级三级公立医院" in text
    case = group(city, east.pk, lead_reason="辖区内唯一的综合医院。")
    assert city.world.take(case, "submit", by=city.office).state == "submitted"


def test_a_provincial_hospital_leads_only_by_a_reasoned_exception(city, east):
    Institution.objects.filter(name=LEAD).update(affiliation=2)
    reason = {"lead_reason": "代表辖区水平。"}
    assert "省级医院原则上不牵头" in str(refusal(city, group(city, east.pk, **reason), "submit", by=city.office))
    case = group(city, east.pk, exception_request="市级医院尚在迁建。", **reason)
    case = city.world.take(case, "submit", by=city.office)
    answers = {"approval_number": "1", "approved_on": today()}
    assert "主管部门应写明理由" in str(refusal(city, case, "approve", by=city.authority, **answers))
    assert approve(city, case, exception_reason="过渡期三年。").state == "approved"


def test_private_members_come_of_their_own_will(city, east):
    private = city.world.place("康宁康复医院", region_id="990102", **COMPLETE | {"ownership": "private"})
    members = [city.place(TOWN).pk, private.pk]
    text = str(refusal(city, group(city, east.pk, members=members), "submit", by=city.office))
    assert "尚未表明自愿：康宁康复医院" in text
    case = group(city, east.pk, members=members, volunteers=[private.pk])
    assert city.world.take(case, "submit", by=city.office).state == "submitted"


def test_a_county_community_is_assigned_by_the_county(city, north):
    county = city.world.person("authority", at=COUNTY_OFFICE)
    Institution.objects.filter(name=MEMBER).update(grade=6, affiliation=4)
    case = city.world.open("establishment", by=county, form="county_community", name="北岭县医共体", grid=north.pk)
    case = city.world.take(case, "assign", by=county, lead=city.place(MEMBER).pk)
    assert (case.state, city.world.sees(city.county, case)) == ("assigned", True)
    case = city.world.take(case, "edit", by=city.county, plan="县乡一体。", members=[city.place(TOWN).pk],
                           management_body="医共体管理委员会", centres=CENTRES, unchanged=UNCHANGED,
                           charter_on="2026-01-05", lead_reason="县域龙头医院。")  # fmt: skip
    city.attach(case, "alliance.charter", by=city.county)
    case = city.agreed(city.world.take(case, "submit", by=city.county))
    with pytest.raises(Establishment.DoesNotExist):
        approve(city, case, by=city.world.person("authority", at="别处卫生健康局"))
    assert Consortium.objects.get(pk=approve(city, case, by=county).consortium_id).name == "北岭县医共体"


def test_an_authority_plans_its_own_region_only(city, east):
    county = city.world.person("authority", at=COUNTY_OFFICE)
    case = city.world.open("establishment", by=county, form="city_group", name="越界集团", grid=east.pk)
    assert "本行政区域" in str(refusal(city, case, "assign", by=county, lead=city.place(LEAD).pk))


def test_a_community_stays_within_one_county(city, east):
    wide = grid("跨县网格", "990102", "990121")
    case = group(city, wide.pk, form="county_community", name="跨县医共体", lead_reason="无")
    assert "网格跨越：东湖区、北岭县" in str(refusal(city, case, "submit", by=city.office))


def test_a_group_does_not_cover_a_county_with_a_community(city, east, north):
    Consortium.objects.create(kind="county_community", name="北岭县医共体", lead=city.place(MEMBER), grid=north,
                              founded_on="2020-01-01")  # fmt: skip
    wide = grid("大网格", "990102", "990121101")
    text = str(refusal(city, group(city, wide.pk), "submit", by=city.office))
    assert "网格内已有县域医共体：北岭县医共体" in text


def test_a_network_needs_no_grid_but_an_agreement(city, east):
    answers = {"form": "telemedicine_network", "grid": "", "coverage": ["990100", "990200"], "centres": [],
               "management_body": "", "charter_on": "", "name": "江城远程医疗协作网",
               "members": [city.place(FAR).pk]}  # fmt: skip
    case = group(city, None, attach=False, **answers)
    assert "合作协议" in str(refusal(city, case, "submit", by=city.office))
    city.attach(case, "alliance.agreement", by=city.office)
    case = approve(city, city.world.take(case, "submit", by=city.office))
    assert Consortium.objects.get(pk=case.consortium_id).grid is None


def test_a_member_of_a_group_agrees_first_or_the_plan_goes_back(city, east):
    town = city.world.person("office", at=TOWN)
    case = city.world.take(group(city, east.pk), "submit", by=city.office)
    answers = {"approval_number": "1", "approved_on": today()}
    assert f"尚未答复：{TOWN}" in str(refusal(city, case, "approve", by=city.authority, **answers))
    case = city.world.take(case, "stay_out", by=town, stay_out_reason="capacity")
    assert case.state == "correcting"
    case = city.world.take(case, "submit", by=city.office)
    case = city.world.take(case, "agree", by=town)
    assert city.world.take(case, "approve", by=city.authority, **answers).state == "approved"


def test_a_member_of_a_group_that_fails_a_condition_keeps_the_plan_from_being_handed_in(city, east):
    Institution.objects.filter(name=TOWN).update(has_outpatient=False)
    assert f"{TOWN}（6.2.3 没有门诊）" in str(refusal(city, group(city, east.pk), "submit", by=city.office))
