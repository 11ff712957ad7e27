"""The register pages: code systems, the tree of regions, what was attested about institutions."""

from datetime import timedelta

import pytest

from tests.world import AUTHORITY, COUNTY, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.pages.tests.conftest import person
from yilian.registry.codes.loading import register_code
from yilian.registry.institutions import register_institution
from yilian.registry.models import Attestation, Code, Institution
from yilian.registry.pages.noun_list import SHOWN
from yilian.registry.regions import register_region
from yilian.registry.tests.conftest import LOADER


def test_every_system_says_its_edition_and_source(doctor):
    page = doctor.sees("/codes/")
    for text in ("诊疗科目", "GB/T 3304", "ICD-10", 'href="/codes/icd-10/"'):
        assert text in page
    assert "/imports/codes/" not in page


def test_the_authority_is_led_to_the_import(authority):
    assert "/imports/codes/" in authority.sees("/codes/")
    assert "/imports/regions/" in authority.sees("/regions/")


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("心血管内科", True),
        ("xxg", True),
        ("xinxueguan", True),
        ("03.04", True),
        ("不存在的科目", False),
        ("zzzz", False),
    ],
)
def test_a_code_is_found_by_name_number_and_initials(doctor, text, is_found):
    assert ('<td data-label="代码">03.04</td>' in doctor.part(f"/codes/specialty/?q={text}")) is is_found


def test_an_ended_code_is_listed_and_says_so(doctor):
    register_code(by=LOADER, system="icd-10", code="X98", name="旧名", valid_until=clock.today() - timedelta(days=1))
    page = doctor.part("/codes/icd-10/?q=X98")
    assert "旧名" in page
    assert "已停用" in page


def test_a_long_system_goes_on_page_by_page(doctor):
    codes = list(Code.objects.filter(system="specialty").order_by("code").values_list("code", flat=True))
    first = doctor.part("/codes/specialty/")
    rest = doctor.part(f"/codes/specialty/?after={codes[SHOWN - 1]}")
    assert f"after={codes[SHOWN - 1]}" in first
    assert f">{codes[SHOWN]}</td>" in rest
    assert f">{codes[SHOWN]}</td>" not in first
    doctor.sees("/codes/nothing/", 404)


@pytest.fixture
def tree(db):
    register_region(by=LOADER, code="420000", name="楚江省")
    city, _ = register_region(by=LOADER, code="420100", name="江城市", population=3_120_000)
    county, _ = register_region(by=LOADER, code="420121", name="北岭县", population=660_000)
    for number, region in enumerate((city, county, county)):
        register_institution(by=LOADER, name=f"第{number}医院", region=region)
    return county


def test_the_tree_shows_population_and_institutions_below(doctor, tree):
    top = doctor.sees("/regions/")
    assert "楚江省" in top
    assert "江城市</a>" not in top
    city = doctor.sees("/regions/420100/")
    for text in ("楚江省", "3120000", "北岭县", "660000", '<a href="/institutions/?region=420121">2</a>'):
        assert text in city
    assert "<dt>机构数（含下级）</dt><dd>3</dd>" in city
    assert "江城市</a>" in doctor.part("/regions/?q=江城")
    assert "北岭县</a>" in doctor.part("/regions/?q=420121")
    doctor.sees("/regions/999999/", 404)


@pytest.fixture
def hospital(world):
    return world.place("江城市第一人民医院")


def test_an_authority_attests_a_condition_and_everybody_reads_it(authority, doctor, hospital):
    address = f"/institutions/{hospital.pk}/attestations/"
    said = {"conditions": ["6.2.3"], "is_met": "True", "evidence": "查验科室设置批复", "on": f"{clock.today()}"}
    tomorrow = f"{clock.today() + timedelta(days=1)}"
    assert "确认日期晚于今天" in authority.sends(f"{address}new/", 422, **said | {"on": tomorrow}).content.decode()
    authority.sends(f"{address}new/", **said)
    word = Attestation.objects.get()
    assert (word.condition, word.is_met, word.attested_on) == ("6.2.3", True, clock.today())
    page = doctor.sees(address)
    for text in ("6.2.3 有独立的门诊和住院部门", "满足", "查验科室设置批复", word.attested_by):
        assert text in page
    assert "attestations/new/" not in page
    assert "有独立的门诊和住院部门：满足" in doctor.sees(f"/institutions/{hospital.pk}/")


def test_a_registrars_own_word_is_shown_as_such_until_the_authority_confirms_it(authority, registrar, doctor):
    own = Institution.objects.get(name=TOWNSHIP)
    address = f"/institutions/{own.pk}/"
    assert "须重新核实" in registrar.sees(f"{address}edit/")
    assert "须重新核实" not in authority.sees(f"{address}edit/")
    registrar.sends(f"{address}edit/", name=TOWNSHIP, has_inpatient="True", beds="30")
    page = doctor.sees(address)
    assert page.count("自报，未核") == 2
    assert f"{TOWNSHIP} {registrar.actor.name} {clock.today()} 填报" in page
    said = {"conditions": ["6.2.3", "6.2.4"], "is_met": "True", "evidence": "现场查看", "on": f"{clock.today()}"}
    authority.sends(f"{address}attestations/new/", **said)
    assert {word.condition for word in own.attestations.all()} == {"6.2.3", "6.2.4"}
    page = doctor.sees(address)
    assert page.count("自报，未核") == 1
    assert f"{AUTHORITY} {authority.actor.name} {clock.today()} 核实" in page
    registrar.sends(f"{address}edit/", name=TOWNSHIP, has_inpatient="False", beds="30")
    assert doctor.sees(address).count("自报，未核") == 2


def test_what_the_authority_enters_needs_no_second_word(authority, doctor):
    authority.sends("/institutions/new/", name="新医院", region="420100", beds="50", has_outpatient="True")
    page = doctor.sees(f"/institutions/{Institution.objects.get(name='新医院').pk}/")
    assert "未核" not in page
    assert page.count(f"{AUTHORITY} {authority.actor.name} {clock.today()} 填报") == 2


def test_only_the_authority_of_the_place_attests(world, doctor, authority, hospital):
    for who in (doctor, person(world, "admin", "office", at=COUNTY)):
        who.sees(f"/institutions/{hospital.pk}/attestations/new/", 403)
