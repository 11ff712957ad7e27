"""The register of institutions on pages."""

import pytest

from tests.world import AUTHORITY, COUNTY, TOWNSHIP
from yilian.kernel.pages.tests.conftest import person
from yilian.registry.institutions import register_institution
from yilian.registry.models import Institution, Practitioner
from yilian.registry.regions import register_region
from yilian.registry.tests.conftest import LOADER, unified_code


@pytest.fixture
def hospital(db) -> Institution:
    region, _ = register_region(by=LOADER, code="420000", name="楚江省")
    return register_institution(
        by=LOADER, name="江城市第一人民医院", grade=9, region=region, unified_code=unified_code(3), subjects=["03.04"]
    )


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("", True),
        ("q=第一", True),
        ("q=jcs", True),
        ("q=" + unified_code(3), True),
        ("q=第二", False),
        ("grade=9", True),
        ("grade=8", False),
        ("grade=x", True),
        ("region=420000", True),
        ("region=430000", False),
        ("kind=authority", False),
        ("kind=ended", False),
        ("after=0", True),
        ("after=999999", False),
        ("after=99999999999999", True),
    ],
)
def test_institutions_are_listed_and_narrowed(doctor, hospital, query, is_found):
    assert ("江城市第一人民医院" in doctor.part(f"/institutions/?{query}")) is is_found


def test_the_list_leads_on_and_keeps_what_was_asked(doctor):
    for place in range(25):
        register_institution(by=LOADER, name=f"分院{place:02d}")
    page = doctor.part("/institutions/?q=分院")
    assert "分院00" in page
    assert "分院24" not in page
    following = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert "q=" in following
    assert "分院24" in doctor.part(following)


def test_a_page_says_what_is_known_and_what_is_not(doctor, hospital):
    page = doctor.sees(f"/institutions/{hospital.pk}/")
    for text in ("三级甲等", "楚江省", unified_code(3), "内科·心血管内科", "未登记"):
        assert text in page
    assert "登记处罚" not in page
    doctor.sees("/institutions/99999/", 404)


def test_an_authority_registers_changes_punishes_and_ends(authority):
    refused = authority.sends("/institutions/new/", 422, name="新医院", unified_code="123", beds="-1")
    assert "beds" not in refused.content.decode().split("errors-summary")[0]
    refused = authority.sends("/institutions/new/", 422, name="新医院", unified_code="123").content.decode()
    assert "统一社会信用代码应为18位，现为3位" in refused
    address = authority.sends(
        "/institutions/new/", name="新医院", unified_code=unified_code(9), grade="6", ownership="private",
        founded_on="2020-05-01", has_inpatient="False", subjects=["03", "04"],
    ).url  # fmt: skip
    row = Institution.objects.get(name="新医院")
    assert (row.grade, row.has_inpatient, row.has_outpatient, row.subjects.count()) == (6, False, None, 2)
    form = authority.sees(f"{address}edit/")
    assert 'value="2020-05-01"' in form
    authority.sends(f"{address}edit/", name="新医院", grade="6", beds="80", unified_code="", ownership="")
    row.refresh_from_db()
    assert (row.beds, row.unified_code, row.ownership) == (80, None, "")
    authority.sends(f"{address}sanctions/new/", kind="health", issued_by="市卫健委", issued_on="2024-01-02")
    authority.sends(f"{address}end/", on="2025-01-01", ending="dissolved")
    page = authority.sees(address)
    for text in ("卫生行政处罚", "市卫健委", "解散"):
        assert text in page
    assert "已于" in authority.sends(f"{address}end/", 422, on="2025-01-01", ending="split").content.decode()


def test_an_authority_ends_a_sanction_and_takes_back_a_wrong_one(authority, doctor, hospital):
    address = f"/institutions/{hospital.pk}/"
    for kind in ("health", "fraud"):
        authority.sends(f"{address}sanctions/new/", kind=kind, issued_by="市卫健委", issued_on="2024-01-02")
    ended, wrong = hospital.sanctions.order_by("pk")
    of_ended, of_wrong = (f"{address}sanctions/{row.pk}/" for row in (ended, wrong))
    authority.sends(f"{of_ended}lift/", lifted_on="2024-06-30", ground="整改验收合格")
    assert "请填写" in authority.sends(f"{of_wrong}error/", 422, ground="").content.decode()
    authority.sends(f"{of_wrong}error/", ground="应为另一机构")
    page = doctor.sees(address)
    for text in ("已解除", "登记解除 2024-06-30：整改验收合格", "误录", "标记误录：应为另一机构"):
        assert text in page
    assert "/lift/" not in page
    for path in ("lift/", "error/"):
        doctor.sees(f"{of_ended}{path}", 403)
        authority.sees(f"{address}sanctions/0/{path}", 404)
    assert (
        "已标记为误录"
        in authority.sends(f"{of_wrong}lift/", 422, lifted_on="2024-06-30", ground="期满").content.decode()
    )


def test_a_sanction_is_not_reached_through_another_institution(world, authority, hospital):
    authority.sends(f"/institutions/{hospital.pk}/sanctions/new/", kind="health", issued_by="市卫健委",
                    issued_on="2024-01-02")  # fmt: skip
    other = world.place(TOWNSHIP)
    authority.sees(f"/institutions/{other.pk}/sanctions/{hospital.sanctions.get().pk}/error/", 404)


def test_a_registrar_keeps_the_own_institution_only(registrar, hospital):
    own = Institution.objects.get(name=TOWNSHIP)
    registrar.sends(f"/institutions/{own.pk}/edit/", name=TOWNSHIP, beds="30")
    assert Institution.objects.get(pk=own.pk).beds == 30
    for path in ("edit/", "departments/new/", "people/new/", "sanctions/new/", "end/"):
        registrar.sees(f"/institutions/{hospital.pk}/{path}", 403)
    for path in ("sanctions/new/", "end/"):
        registrar.sees(f"/institutions/{own.pk}/{path}", 403)
    registrar.sees("/institutions/new/", 403)


def test_departments_and_people_are_registered(registrar, doctor):
    own = Institution.objects.get(name=TOWNSHIP)
    base = f"/institutions/{own.pk}/"
    registrar.sends(f"{base}departments/new/", name="内科", subject="03")
    department = own.departments.get()
    registrar.sends(
        f"{base}people/new/", name="林春", profession="clinical", department=str(department.pk), rank="2",
        licence_code="110420100000001", subject="02",
    )  # fmt: skip
    row = Practitioner.objects.get()
    assert (row.department, row.rank, row.subject.code) == (department, 2, "02")
    assert "林春" in doctor.sees(f"{base}?q=lc")
    assert "林春" not in doctor.sees(f"{base}?q=王")
    assert "15位数字" in registrar.sends(f"{base}people/{row.pk}/", 422, name="林春", profession="clinical",
                                        licence_code="1").content.decode()  # fmt: skip
    registrar.sends(
        f"{base}people/{row.pk}/", name="林春", profession="clinical", rank="3", licence_code="", subject=""
    )
    row.refresh_from_db()
    assert (row.rank, row.subject, row.licence_code) == (3, None, None)
    registrar.sees(f"{base}people/99999/", 404)


def test_a_member_of_staff_of_one_place_is_not_found_under_another(authority, registrar, elsewhere):
    own, other = Institution.objects.get(name=TOWNSHIP), Institution.objects.get(name=COUNTY)
    registrar.sends(f"/institutions/{own.pk}/people/new/", name="林春", profession="clinical", staff_number="7")
    authority.sees(f"/institutions/{other.pk}/people/{Practitioner.objects.get().pk}/", 404)
    assert Institution.objects.filter(name=AUTHORITY).exists()


def test_an_authority_governs_its_own_region_only(world, authority, hospital):
    county_office = world.authority("北岭县卫生健康局", "420121")
    county = person(world, "authority", "admin", at=county_office.name)
    refused = county.sends("/institutions/new/", 422, name="新医院", region="420100").content.decode()
    assert "由所在地的卫生健康行政部门办理：江城市卫生健康委员会。" in refused
    county.sends("/institutions/new/", name="新医院", region="420121")
    for path in ("edit/", "end/", "sanctions/new/"):
        assert "对所有机构有效" in county.sees(f"/institutions/{hospital.pk}/{path}", 403)
    county.sends(f"/institutions/{county_office.pk}/edit/", 422, name=county_office.name, region="420000")
    authority.sees(f"/institutions/{county_office.pk}/edit/")


def test_an_administrator_of_a_hospital_governs_nobody(world, hospital):
    admin = person(world, "admin", "authority", at=COUNTY)
    admin.sees("/institutions/new/", 403)
    admin.sees(f"/institutions/{hospital.pk}/end/", 403)
    for sheet in ("regions", "codes", "institutions"):
        admin.sees(f"/imports/{sheet}/", 404)


def test_a_registrar_does_not_move_the_own_institution_to_another_authority(world, registrar, hospital):
    own = Institution.objects.get(name=TOWNSHIP)
    registrar.sends(f"/institutions/{own.pk}/edit/", 422, name=TOWNSHIP, region="420000")
