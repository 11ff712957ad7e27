"""Patients on pages: found, registered once, masked, revealed on record, merged and parted."""

from datetime import date

import pytest

from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.registry.models import Patient, PatientMerge
from yilian.registry.tests.conftest import resident_number

NUMBER = resident_number()
ADDRESSES = ("", "edit/", "documents/new/", "merge/{other}/")
FILLED = {"name": "李梅", "identity_kind": "01", "identity_number": resident_number(2, birth="19900101")}


def known_to(person) -> set[str]:
    with scope(person.actor):
        return set(Patient.objects.values_list("name", flat=True))


def actions_of(person) -> list[str]:
    with scope(person.actor):
        return list(AccessRecord.objects.filter(object_kind="patient").order_by("id").values_list("action", flat=True))


@pytest.mark.parametrize("text", ["", "王", "wz", "wangzhe", NUMBER, "13812341070", "1070"])
def test_a_patient_is_listed_masked(doctor, patient, text):
    page = doctor.part(f"/patients/?q={text}")
    assert "王喆" in page
    assert "4201**********" + NUMBER[-4:] in page
    assert NUMBER not in page.replace(f'value="{NUMBER}"', "")


def test_nothing_found_offers_to_register_what_was_typed(doctor):
    page = doctor.sees("/patients/?q=赵铁柱")
    assert "本机构没有找到「赵铁柱」" in page
    assert 'value="赵铁柱"' in doctor.sees("/patients/new/?q=赵铁柱")
    assert f'value="{NUMBER}"' in doctor.sees(f"/patients/new/?q={NUMBER}")


def test_the_list_leads_on(doctor, register):
    for place in range(21):
        register(f"病人{place:02d}")
    page = doctor.part("/patients/")
    assert "病人20" in page
    assert "病人00" not in page
    following = page.split('hx-get="')[1].split('"')[0]
    assert "病人00" in doctor.part(following)


def test_strangers_find_no_patient_at_any_address(elsewhere, patient, register):
    other = register("别人")
    for address in ADDRESSES:
        elsewhere.sees(f"/patients/{patient.pk}/{address}".format(other=other.pk), 404)
    elsewhere.sends(f"/patients/{patient.pk}/reveal/", 404, ground="看看")
    assert "王喆" not in elsewhere.sees("/patients/?q=王")


@pytest.mark.parametrize("address", ["", "new/"])
def test_people_without_a_role_for_patients_are_refused(secretary, address):
    secretary.sees(f"/patients/{address}", 403)


def test_looking_and_searching_are_recorded(doctor, patient):
    doctor.sees(f"/patients/{patient.pk}/")
    doctor.sees("/patients/?q=王")
    assert actions_of(doctor) == ["registered", "viewed", "searched"]


def test_the_page_shows_masks_until_a_reason_is_given(doctor, patient):
    page = doctor.sees(f"/patients/{patient.pk}/")
    assert "138****1070" in page
    assert "石桥乡一组" not in page
    refused = doctor.sends(f"/patients/{patient.pk}/reveal/", 422, ground=" ").content.decode()
    assert "请填写查看原文的理由" in refused
    assert NUMBER not in refused
    shown = doctor.sends(f"/patients/{patient.pk}/reveal/", 200, ground="核对身份")
    for whole in (NUMBER, "13812341070", "石桥乡一组"):
        assert whole in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert actions_of(doctor)[-1] == "revealed"


def test_a_patient_is_registered(doctor):
    answer = doctor.sends("/patients/new/", **FILLED, phone="138 0000 1111", ethnicity="15")
    page = doctor.sees(answer.url)
    assert "李梅" in page
    assert "1990-01-01" in page
    assert "土家族" in page
    assert "138****1111" in page


def test_every_fault_stands_beside_its_question(doctor):
    page = doctor.sends(
        "/patients/new/", 422, name="", identity_kind="01", identity_number="123", phone="1"
    ).content.decode()
    assert "没有保存：有 1 处需要修改" in page
    page = doctor.sends(
        "/patients/new/", 422, name="李梅", identity_kind="01", identity_number="123", phone="1"
    ).content.decode()
    for sentence in ("身份证号码应为17位数字加1位校验码", "联系电话应为5至20位数字"):
        assert sentence in page
    assert not known_to(doctor)


def test_a_known_number_leads_to_the_known_patient(doctor, patient):
    answer = doctor.sends("/patients/new/", name="王喆", identity_kind="01", identity_number=NUMBER)
    assert answer.url == f"/patients/{patient.pk}/"
    assert "未重复登记" in doctor.sees(answer.url)


def test_a_person_known_elsewhere_becomes_known_by_the_exact_number(elsewhere, patient):
    answer = elsewhere.sends("/patients/new/", name="王喆", identity_kind="01", identity_number=NUMBER)
    assert answer.url == f"/patients/{patient.pk}/"
    refused = elsewhere.sends("/patients/new/", 422, name="李梅", identity_kind="01", identity_number=NUMBER)
    assert "另一姓名" in refused.content.decode()


def test_someone_alike_is_shown_before_a_second_row_is_made(doctor, patient):
    twin = {"name": "王喆", "identity_kind": "03", "identity_number": "E12345678", "birth_on": "1968-02-29"}
    page = doctor.sends("/patients/new/", 422, **twin).content.decode()
    assert "可能已登记" in page
    assert "出生日期：相同；姓名：相同" in page
    assert f"/patients/{patient.pk}/" in page
    with scope(doctor.actor):
        assert Patient.objects.count() == 1
    doctor.sends("/patients/new/", **twin, _confirmed="1")
    with scope(doctor.actor):
        assert Patient.objects.count() == 2


def test_a_change_keeps_what_is_sealed_unless_it_is_written_anew(doctor, patient):
    form = doctor.sees(f"/patients/{patient.pk}/edit/")
    assert "现为：138****1070。不改请留空" in form
    assert 'name="birth_on"' not in form
    filled = {"name": "王喆", "phone": "", "address": "", "insurance": "1", "_version": "1"}
    assert doctor.client.post(f"/patients/{patient.pk}/edit/", filled).status_code == 302
    with scope(doctor.actor):
        row = Patient.objects.get()
        assert (row.phone_masked, row.insurance, row.version) == ("138****1070", "1", 2)
        assert row.address_sealed is not None
    stale = doctor.sends(f"/patients/{patient.pk}/edit/", 422, name="王吉", _version="1").content.decode()
    assert "已被他人更改" in stale


def test_a_document_is_added(doctor, patient):
    doctor.sends(f"/patients/{patient.pk}/documents/new/", kind="03", number="E12345678")
    assert "E****5678" in doctor.sees(f"/patients/{patient.pk}/")
    again = doctor.sends(f"/patients/{patient.pk}/documents/new/", 422, kind="03", number="E12345678")
    assert "另一姓名" in again.content.decode()


def test_two_rows_are_compared_joined_and_parted(doctor, registrar, patient, register):
    twin = register("王喆", birth_on=date(1968, 2, 29))
    page = registrar.sees(f"/patients/{patient.pk}/")
    assert f"/patients/{patient.pk}/merge/{twin.pk}/" in page
    address = f"/patients/{patient.pk}/merge/{twin.pk}/"
    doctor.sees(address, 403)
    assert "依据" in registrar.sends(address, 422, ground="").content.decode()
    refused = registrar.sends(address, 422, ground="本人到场核对").content.decode()
    assert "须核对证件原件或本人" in refused
    registrar.sends(address, ground="本人到场核对", is_verified="1")
    assert "已合并到" in registrar.sees(f"/patients/{twin.pk}/")
    assert "本人到场核对" in registrar.sees(f"/patients/{patient.pk}/")
    with scope(registrar.actor):
        merged = PatientMerge.objects.get()
    doctor.sends(f"/patients/merges/{merged.pk}/part/", 403)
    registrar.sends(f"/patients/merges/{merged.pk}/part/")
    assert "已撤销" in registrar.sees(f"/patients/{patient.pk}/")
    assert "已合并到" not in registrar.sees(f"/patients/{twin.pk}/")


def test_a_stranger_parts_no_merge(registrar, elsewhere, patient, register):
    twin = register("王喆", birth_on=date(1968, 2, 29))
    registrar.sends(f"/patients/{patient.pk}/merge/{twin.pk}/", ground="同一人", is_verified="1")
    with scope(registrar.actor):
        merged = PatientMerge.objects.get()
    elsewhere.sends(f"/patients/merges/{merged.pk}/part/", 404)


def test_a_very_long_name_and_markup_are_shown_as_they_are(doctor, register):
    row = register("阿" * 100)
    assert "阿" * 100 in doctor.sees(f"/patients/{row.pk}/")
    evil = register("<b>赵</b>")
    assert "<b>赵</b>" not in doctor.sees(f"/patients/{evil.pk}/")
