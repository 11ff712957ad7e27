"""Stories of an admission: six conditions, several consortia at once, and the decision of the lead."""

from datetime import timedelta

import pytest

from tests.world import ELSEWHERE
from yilian.domains.alliance.models import Admission, Agreement
from yilian.domains.alliance.tests.conftest import CITY_OFFICE, COMPLETE, TOWN
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.gate import open_steps
from yilian.kernel.workflow.refusals import NotYours, StepRefused
from yilian.registry.consortia import consortia_of, is_member
from yilian.registry.institutions import change_institution
from yilian.registry.memberships import found_consortium
from yilian.registry.models import Attestation, Institution, Sanction
from yilian.registry.sanctions import void_sanction

CONFIRMED = ["6.2.1", "6.2.2", "6.2.3", "6.2.4"]


@pytest.fixture
def alliance(city):
    return city.founded().consortium_id


@pytest.fixture
def town(city):
    return city.world.person("office", at=TOWN)


def refusal(city, case, verb, *, by, **answers):
    with pytest.raises(StepRefused) as refused:
        city.world.take(case, verb, by=by, **answers)
    return str(refused.value)


def today():
    return clock.today().isoformat()


def test_a_township_joins(city, alliance, town):
    case = city.world.take(city.application(alliance, by=town, agreement_signed_on=today()), "submit", by=town)
    case = city.world.take(case, "admit", by=city.office, joined_on=today())
    assert case.state == "admitted"
    assert is_member(town.institution_id, alliance, clock.today())
    assert Agreement.objects.get(consortium=alliance, institution=town.institution_id).signed_on == clock.today()


def test_lead_and_authority_see_it_after_it_is_submitted_strangers_never(city, alliance, town):
    case = city.application(alliance, by=town)
    assert not city.world.sees(city.office, case)
    case = city.world.take(case, "submit", by=town)
    assert city.world.sees(city.office, case)
    assert city.world.sees(city.world.person("authority", at=CITY_OFFICE), case)
    assert not city.world.sees(city.stranger, case)
    with pytest.raises(NotYours, match="「同意加入」由牵头单位"):
        city.world.take(case, "admit", by=town, joined_on=today())


def test_it_may_belong_to_several_consortia_at_once(city, alliance, town):
    with scope(city.authority):
        other = found_consortium(by=city.authority, kind="telemedicine_network", name="江城远程医疗协作网",
                                 lead=city.place("云山县人民医院"), founded_on=clock.today())  # fmt: skip
    far = city.world.person("office", at="云山县人民医院")
    for consortium, lead in ((alliance, city.office), (other.pk, far)):
        case = city.world.take(city.application(consortium, by=town), "submit", by=town)
        city.world.take(case, "admit", by=lead, joined_on=today())
    assert [one.pk for one in consortia_of(town.institution_id, clock.today())] == [alliance, other.pk]


def test_a_private_hospital_of_one_year_learns_when_it_may_join(city, alliance):
    began = clock.today() - timedelta(days=365)
    facts = COMPLETE | {"ownership": "private", "licensed_on": began, "founded_on": began}
    city.world.place("仁和骨科医院", region_id="990121", licence_number="PDY9", **facts)
    office = city.world.person("office", at="仁和骨科医院")
    text = refusal(city, city.application(alliance, by=office), "submit", by=office)
    assert "6.2.2" in text
    assert f"最早自 {began.replace(year=began.year + 2)} 起满足" in text


def test_sanctions_are_named_at_the_application(city, alliance, town):
    Sanction.objects.create(institution_id=town.institution_id, kind="fraud", issued_by="江城市医疗保障局",
                            issued_on=clock.today())  # fmt: skip
    assert "6.2.6" in refusal(city, city.application(alliance, by=town), "submit", by=town)


def test_a_sanction_entered_in_error_does_not_count(city, alliance, town):
    sanction = Sanction.objects.create(institution_id=town.institution_id, kind="fraud", issued_by="江城市医疗保障局",
                                       issued_on=clock.today())  # fmt: skip
    case = city.application(alliance, by=town)
    refusal(city, case, "submit", by=town)
    with scope(city.authority):
        void_sanction(sanction, by=city.authority, ground="录错机构")
    assert city.world.take(case, "submit", by=town).state == "submitted"


def test_unknown_does_not_hinder_applying_but_admitting_until_the_lead_attests(city, alliance, town):
    Attestation.objects.all().delete()
    Institution.objects.filter(pk=town.institution_id).update(licence_number=None)
    case = city.world.take(city.application(alliance, by=town), "submit", by=town)
    text = refusal(city, case, "admit", by=city.office, joined_on=today())
    assert "无法判断是否满足：依法批准设立" in text
    assert "6.2.1" in text
    word = {"conditions": CONFIRMED, "is_met": True, "evidence": "查验执业许可证原件"}
    case = city.world.take(case, "attest", by=city.office, **word)
    assert case.state == "submitted"
    assert city.world.take(case, "admit", by=city.office, joined_on=today()).state == "admitted"


def test_what_the_applicant_states_itself_is_confirmed_by_the_lead_and_open_again_after_a_change(city, alliance, town):
    place = city.place(TOWN)
    for has_inpatient in (False, True):
        change(place, town, has_inpatient=has_inpatient)
    case = city.world.take(city.application(alliance, by=town), "submit", by=town)
    text = refusal(city, case, "admit", by=city.office, joined_on=today())
    assert "无法判断是否满足：有独立的门诊和住院部门；设住院由石桥乡卫生院" in text
    assert "自报，未核" in text
    assert "6.2.4" not in text
    word = {"conditions": ["6.2.3"], "is_met": True, "evidence": "现场查看病区"}
    case = city.world.take(case, "attest", by=city.office, **word)
    for has_inpatient in (None, True):
        change(place, town, has_inpatient=has_inpatient)
    assert "自报，未核" in refusal(city, case, "admit", by=city.office, joined_on=today())
    city.confirm(TOWN)
    assert city.world.take(case, "admit", by=city.office, joined_on=today()).state == "admitted"


def test_what_another_lead_confirmed_does_not_count_here(city, alliance, town):
    for has_inpatient in (None, True):
        change(city.place(TOWN), town, has_inpatient=has_inpatient)
    case = city.world.take(city.application(alliance, by=town), "submit", by=town)
    city.confirm(TOWN, by=city.world.person("office", at="云山县人民医院"))
    assert "自报，未核" in refusal(city, case, "admit", by=city.office, joined_on=today())
    city.confirm(TOWN)
    assert city.world.take(case, "admit", by=city.office, joined_on=today()).state == "admitted"


def test_a_lead_that_finds_otherwise_keeps_the_applicant_out(city, alliance, town):
    change(city.place(TOWN), town, has_inpatient=None)
    change(city.place(TOWN), town, has_inpatient=True)
    case = city.world.take(city.application(alliance, by=town), "submit", by=town)
    word = {"conditions": ["6.2.3"], "is_met": False, "evidence": "现场未见病区"}
    case = city.world.take(case, "attest", by=city.office, **word)
    text = refusal(city, case, "admit", by=city.office, joined_on=today())
    assert "有独立的门诊和住院部门；经核实不满足" in text


def change(place, by, **facts):
    """Let an institution change its own facts in the register."""
    with scope(by):
        change_institution(place, by=by, **facts)


def test_each_broken_condition_is_a_reason_of_its_own(city, alliance, town):
    case = city.world.take(city.application(alliance, by=town), "submit", by=town)
    Institution.objects.filter(pk=town.institution_id).update(has_inpatient=False, has_nursing_office=False)
    with scope(city.office):
        seen = Admission.objects.get(pk=case.pk)
        admit = next(state for state in open_steps(seen, city.office) if state.step.verb == "admit")
    assert [str(reason.citations[0])[-5:] for reason in admit.reasons] == ["6.2.3", "6.2.4"]


def test_without_the_agreement_nothing_is_submitted(city, alliance, town):
    case = city.world.open(
        "admission", by=town, consortium=alliance, statement="愿加入", contact="甲", contact_phone="1"
    )
    assert "合作协议" in refusal(city, case, "submit", by=town)


def test_a_member_does_not_join_twice(city, alliance):
    assert "尚不是该医联体的成员" in refusal(city, city.application(alliance, by=city.county), "submit", by=city.county)


def test_one_application_at_a_time(city, alliance, town):
    first = city.world.take(city.application(alliance, by=town), "submit", by=town)
    second = city.application(alliance, by=town)
    assert "正在办理" in refusal(city, second, "submit", by=town)
    city.world.take(first, "decline", by=city.office, decline_reason="scope")
    assert city.world.take(second, "submit", by=town).state == "submitted"


def test_the_joining_day_is_not_before_the_application(city, alliance, town):
    case = city.world.take(city.application(alliance, by=town), "submit", by=town)
    assert "加入日期" in refusal(city, case, "admit", by=city.office, joined_on="2020-01-01")


def test_more_is_asked_for_and_given(city, alliance, town):
    case = city.world.take(city.application(alliance, by=town), "submit", by=town)
    case = city.world.take(case, "ask_for_more", by=city.office, missing="请补充科室清单")
    case = city.world.take(case, "edit", by=town, statement="附科室清单。")
    assert city.world.take(case, "submit", by=town).state == "submitted"


def test_a_hospital_elsewhere_may_apply_too(city, alliance):
    city.world.place(ELSEWHERE, region_id="990200", licence_number="PDY8", **COMPLETE)
    city.confirm(ELSEWHERE)
    office = city.world.person("office", at=ELSEWHERE)
    assert city.world.take(city.application(alliance, by=office), "submit", by=office).state == "submitted"
