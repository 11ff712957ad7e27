"""Records in an emergency, read at once and judged by others the next day; two rows of one person joined and parted."""

from datetime import date

from playwright.sync_api import expect

from tests.e2e.acts import find, press, stands, take
from tests.stories.records_cast import issued
from tests.world import TOWNSHIP
from yilian.domains.referral.tests.cast import IDENTITY
from yilian.registry.patients import register_patient


def test_the_glass_is_broken_and_the_office_judges(cast, page_of, readable, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"
    issued(cast.patient, cast.township, title="过敏史小结")
    register_patient(by=cast.county, name="冯东桂", identity_number=IDENTITY)
    doctor = page_of(cast.county)
    doctor.goto(f"/patients/{cast.patient.pk}/records/")
    expect(doctor.locator("main")).not_to_contain_text("过敏史小结")
    doctor.get_by_role("link", name="紧急调阅").click()
    doctor.locator("[name='emergency_reason']").select_option("unconscious")
    doctor.locator("[name='circumstances']").fill("昏迷送入抢救室，急需了解过敏史")
    readable(doctor)
    press(doctor, "立即调阅")
    stands(doctor, "待复核")
    doctor.goto(f"/patients/{cast.patient.pk}/records/")
    expect(doctor.locator("#results")).to_contain_text("过敏史小结")
    readable(doctor)
    office = page_of(cast.office)
    find(office, "患者意识不清")
    readable(office)
    take(office, "justify", finding="情况属实")
    stands(office, "正当")


def test_two_rows_of_one_person_are_joined_and_parted_again(cast, page_of, readable):
    registrar = cast.world.person("registrar", at=TOWNSHIP)
    twin, _is_new = register_patient(by=registrar, name="冯东桂", birth_on=date(1957, 3, 1), phone="13812341070")
    page = page_of(registrar)
    page.goto(f"/patients/{cast.patient.pk}/merge/{twin.pk}/")
    readable(page)
    page.get_by_label("判断为同一人的依据").first.fill("本人到场，核对身份证原件")
    page.get_by_label("已核对证件原件或本人").check()
    press(page, "合并")
    expect(page.locator("main")).to_contain_text("合并记录")
    expect(page.locator("main")).to_contain_text("核对身份证原件")
    readable(page)
    press(page, "撤销合并")
    expect(page.locator("main")).to_contain_text("已撤销")
    page.goto(f"/patients/{twin.pk}/")
    expect(page.locator("h1")).to_contain_text("冯东桂")
    readable(page)
