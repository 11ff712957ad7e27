"""Regions and institutions: what is written down, and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.registry.consortia import authorities_above, authority_for
from yilian.registry.departments import register_department
from yilian.registry.institutions import change_institution, end_institution, register_institution
from yilian.registry.models import Institution, Region
from yilian.registry.regions import chain, level_of, register_region
from yilian.registry.standing import attest, attested
from yilian.registry.tests.conftest import LOADER, unified_code
from yilian.registry.writing import UnknownFactError

pytestmark = pytest.mark.django_db
TREE = {
    "420000": "楚江省",
    "420100": "江城市",
    "420106": "武桥区",
    "420106001": "石桥街道",
    "429004": "仙沙市",
}


@pytest.fixture
def tree() -> dict[str, Region]:
    return {code: register_region(by=LOADER, code=code, name=name)[0] for code, name in TREE.items()}


def test_regions_find_their_level_and_parent(tree):
    assert [(region.code, region.level, region.parent_id) for region in tree.values()] == [
        ("420000", 1, None), ("420100", 2, "420000"), ("420106", 3, "420100"), ("420106001", 4, "420106"),
        ("429004", 3, "420000"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "under"),
    [
        ("420000", {"420000", "420100", "420106", "420106001", "429004"}),
        ("420100", {"420100", "420106", "420106001"}),
        ("420106", {"420106", "420106001"}),
        ("420106001", {"420106001"}),
        ("430000", set()),
    ],
)
def test_under_a_region_lies_what_its_code_begins(tree, code, under):
    assert set(Region.objects.under(code).values_list("code", flat=True)) == under


def test_a_chain_goes_upwards():
    assert chain("420106001002") == ["420106001002", "420106001", "420106", "420100", "420000"]
    assert chain("420000") == ["420000"]
    assert [level_of(code) for code in ("420000", "420100", "429004", "420106001")] == [1, 2, 3, 4]


def test_a_region_is_written_again_only_when_it_differs(tree):
    assert register_region(by=LOADER, code="420106", name="武桥区")[1] == "unchanged"
    assert register_region(by=LOADER, code="420106", name="武桥区", population=800_000)[1] == "updated"


@pytest.mark.parametrize(("code", "says"), [("42010", "6位"), ("42010X", "6位"), ("310115", "上级区划 310100、310000")])
def test_a_region_that_cannot_be_placed_is_refused(tree, code, says):
    with pytest.raises(ValidationError, match=says):
        register_region(by=LOADER, code=code, name="某区")


def test_the_nearest_authority_upwards_watches_over_a_region(tree):
    names = {"420000": "楚江省卫生健康委员会", "420106": "武桥区卫生健康局"}
    for code, name in names.items():
        register_institution(by=LOADER, name=name, is_authority=True, region=tree[code])
    assert authority_for("420106001").name == "武桥区卫生健康局"
    assert authority_for("420100").name == "楚江省卫生健康委员会"
    assert authority_for("310115") is None
    assert authority_for(None) is None
    assert [found.name for found in authorities_above("420106")] == ["武桥区卫生健康局", "楚江省卫生健康委员会"]


def test_an_institution_is_written_with_its_pinyin_and_subjects(tree):
    row = register_institution(
        by=LOADER, name="江城市第一人民医院", unified_code=f" {unified_code(1).lower()} ", grade=9, ownership="public",
        category="A100", region=tree["420100"], subjects=["03.04", "04", "03.04"], beds=1200,
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.initials, row.unified_code, row.tier) == ("jcsdyrmyy", unified_code(1), 3)
    assert {code.code for code in row.subjects.all()} == {"03.04", "04"}
    assert row.has_inpatient is None


def test_every_fault_of_an_institution_is_named_at_once():
    with pytest.raises(ValidationError) as refused:
        register_institution(
            by=LOADER, name=" ", unified_code=unified_code(1)[:-1] + "?", category="Z9", subjects=["99"], grade=12,
            founded_on=date(2020, 1, 1), licensed_on=date(2019, 1, 1), beds=-1,
        )  # fmt: skip
    faults = set(refused.value.message_dict)
    assert {"name", "unified_code", "category", "subjects", "grade", "licensed_on", "beds"} <= faults


def test_a_code_in_use_is_refused(make_institution):
    make_institution("甲医院", unified_code=unified_code(1))
    with pytest.raises(ValidationError) as refused:
        make_institution("乙医院", unified_code=unified_code(1))
    assert "unified_code" in str(refused.value.message_dict)


def test_a_fact_that_does_not_exist_is_a_mistake_of_the_caller():
    with pytest.raises(UnknownFactError, match="colour"):
        register_institution(by=LOADER, name="甲医院", colour="white")


def test_only_what_differs_is_changed(make_institution):
    row = make_institution("甲医院", beds=20)
    assert change_institution(row, by=LOADER, beds=20, subjects=[]) == []
    assert change_institution(row, by=LOADER, name="甲县医院", subjects=["03"]) == ["name", "subjects"]
    assert Institution.objects.get().initials == "jxyy"


def test_an_institution_ends_once(make_institution):
    row, heir = make_institution("甲医院", founded_on=date(2020, 1, 1)), make_institution("乙医院")
    with pytest.raises(ValidationError, match="早于成立"):
        end_institution(row, by=LOADER, on=date(2019, 1, 1), ending="merged")
    end_institution(row, by=LOADER, on=date(2026, 1, 1), ending="merged", successors=[heir])
    assert list(Institution.objects.get(pk=row.pk).successors.all()) == [heir]
    with pytest.raises(ValidationError, match="已于"):
        end_institution(row, by=LOADER, on=date(2026, 2, 1), ending="split")


@pytest.mark.parametrize("facts", [{"ended_on": date(2026, 1, 1)}, {"ending": "split"}, {"is_authority": True}])
def test_the_database_refuses_half_an_ending_and_an_authority_of_nowhere(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.create(name="甲", **facts)


def test_the_newest_word_on_a_condition_counts(township, at_county):
    assert attested(township.pk, "standards") is None
    for is_met, on in ((False, date(2026, 1, 1)), (True, date(2026, 3, 1)), (False, date(2026, 2, 1))):
        attest(by=at_county, institution=township, condition="standards", is_met=is_met, evidence="现场核实", on=on)
    assert attested(township.pk, "standards").is_met is True
    with pytest.raises(ValidationError, match="evidence"):
        attest(by=at_county, institution=township, condition="standards", is_met=True, evidence=" ", on=date.today())


def test_a_department_has_a_known_subject_and_a_name_of_its_own(township, at_township):
    register_department(by=at_township, institution=township, name="内科", subject="03")
    with pytest.raises(ValidationError):
        register_department(by=at_township, institution=township, name="内科")
    with pytest.raises(ValidationError, match="没有代码"):
        register_department(by=at_township, institution=township, name="外科", subject="99")


def test_writing_is_recorded_without_values(township):
    by = system_actor("登记员", township.pk)
    change_institution(township, by=by, phone="027-12345678")
    with scope(by):
        row = AccessRecord.objects.get(action="changed", object_kind="institution")
    assert (row.object_id, row.detail) == (str(township.pk), {"facts": ["phone"]})
