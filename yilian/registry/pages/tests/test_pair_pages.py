"""Possible duplicates on pages and at the interface: listed, explained, merged, told apart."""

from datetime import date

import pytest

from tests.programs import Program
from tests.world import COUNTY, TOWNSHIP, World
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.registry.models import Patient, PatientPair
from yilian.registry.tests.conftest import resident_number

BORN = date(1968, 2, 29)


@pytest.fixture
def twin(patient, register) -> Patient:
    """Perhaps the same person as `patient`: a name of the same sound, the same birth date and phone."""
    return register("汪哲", birth_on=BORN, phone="13812341070")


@pytest.fixture
def desk(world: World) -> Program:
    return Program(world.user("registrar", at=TOWNSHIP))


def pair_page(patient, twin) -> str:
    return f"/patients/{patient.pk}/merge/{twin.pk}/"


def test_pairs_are_listed_for_registrars_with_what_agrees(doctor, registrar, elsewhere, patient, twin):
    page = registrar.sees("/patients/pairs/")
    assert "姓名：同音，用字不同" in page
    assert "联系电话：相同" in page
    assert pair_page(*sorted((patient, twin), key=lambda row: row.pk)) in page
    assert "/patients/pairs/" in registrar.sees("/patients/")
    assert "/patients/pairs/" not in doctor.sees("/patients/")
    doctor.sees("/patients/pairs/", 403)
    assert "没有待核对的疑似重复" in elsewhere.sees("/patients/pairs/")


def test_the_page_compares_fact_by_fact(registrar, patient, twin):
    page = registrar.sees(pair_page(patient, twin))
    for words in ("同音，用字不同", "很可能", "一方未登记，无法比对", "未办结事项（本机构可见）"):
        assert words in page
    assert "已核对证件原件或本人" not in page
    assert "13812341070" not in page


def test_told_apart_they_leave_the_list_and_can_come_back(registrar, patient, twin):
    address = pair_page(patient, twin).replace("merge", "apart")
    registrar.sends(address, ground="")
    assert "判断为不同人的依据" in registrar.sees(pair_page(patient, twin))
    assert registrar.sends(address, ground="堂兄弟，本人到场").url == "/patients/pairs/"
    assert "没有待核对的疑似重复" in registrar.sees("/patients/pairs/")
    assert "堂兄弟，本人到场" in registrar.sees("/patients/pairs/?state=apart")
    assert "堂兄弟，本人到场" in registrar.sees(pair_page(patient, twin))
    refused = registrar.sends(pair_page(patient, twin), 422, ground="同一人", is_verified="1").content.decode()
    assert "先撤销该判定" in refused
    registrar.sends(address.replace("apart", "reconsider"))
    assert "同音，用字不同" in registrar.sees("/patients/pairs/")


def test_the_list_leads_on(registrar, register):
    for place in range(22):
        register("王建国", birth_on=date(1940 + place, 1, 1))
        register("王建国", birth_on=date(1940 + place, 1, 1), phone="13900000000")
    page = registrar.part("/patients/pairs/")
    assert "page=2" in page
    assert "page=3" not in registrar.part("/patients/pairs/?page=2")
    registrar.sees("/patients/pairs/?page=x")


def test_people_of_other_places_decide_nothing(doctor, elsewhere, patient, twin):
    for verb in ("merge", "apart", "reconsider"):
        address = pair_page(patient, twin).replace("merge", verb)
        doctor.sends(address, 403, ground="x")
        elsewhere.sends(address, 404, ground="x")
    with scope(doctor.actor):
        assert PatientPair.objects.get().decision == ""


def test_a_program_asks_before_it_registers(desk, patient):
    body = {"name": "汪哲", "birth_on": "1968-02-29", "phone": "13812341070"}
    (found,) = desk.post("patients/matches", body | {"identity_kind": "01"}).json()["items"]
    assert found["patient"]["id"] == str(patient.pk)
    assert found["likelihood"] > 0.99
    assert {one["fact"]: one["level"] for one in found["findings"]} == {
        "document": None, "name": "sound", "birth": "same", "sex": None, "phone": "same", "address": None,
    }  # fmt: skip
    same = desk.post("patients/matches", {"name": "王喆", "identity_kind": "01", "identity_number": resident_number()})
    assert same.json()["items"][0]["findings"][0]["level"] == "same"
    wrong = desk.post("patients/matches", body | {"identity_kind": "01", "identity_number": "1", "phone": "12"})
    assert (wrong.status_code, wrong.json()["reasons"][0]["field"]) == (422, "identity_number")
    wrong = desk.post("patients/matches", body | {"identity_kind": "01", "phone": "12"})
    assert wrong.json()["reasons"][0]["field"] == "phone"
    with scope(system_actor("test", desk.place)):
        assert Patient.objects.count() == 1


def test_a_program_lists_merges_parts_and_tells_apart(desk, patient, twin):
    (pair,) = desk.get("patients/pairs").json()["items"]
    ids = [line["id"] for line in pair["patients"]]
    assert sorted(ids) == sorted([str(patient.pk), str(twin.pk)])
    assert desk.get(f"patients/{patient.pk}/matches").json()["items"][0]["patient"]["id"] == str(twin.pk)
    at = f"patients/{patient.pk}/pairs/{twin.pk}"
    assert desk.post(f"{at}/merge", {}).status_code == 422
    assert desk.post(f"{at}/merge", {"ground": "电话一致"}).json()["decision"] == "merged"
    assert desk.get("patients/pairs").json()["items"] == []
    assert desk.post(f"{at}/part", {}).json()["decision"] == "parted"
    assert desk.post(f"{at}/part", {}).status_code == 422
    assert desk.post(f"{at}/apart", {"ground": "堂兄弟"}).json()["decision"] == "apart"
    refused = desk.post(f"{at}/merge", {"ground": "电话一致"})
    assert "堂兄弟" in refused.json()["detail"]
    assert desk.get(f"patients/{patient.pk}/matches").json()["items"] == []
    assert desk.post(f"{at}/reconsider", {}).json()["decision"] == "open"
    assert desk.post(f"{at}/reconsider", {}).status_code == 422


def test_programs_of_others_are_told_nothing(world, desk, patient, twin):
    other = Program(world.user("registrar", at=COUNTY))
    assert other.get(f"patients/{patient.pk}/matches").status_code == 404
    for verb in ("merge", "apart", "reconsider", "part"):
        assert other.post(f"patients/{patient.pk}/pairs/{twin.pk}/{verb}", {"ground": "x"}).status_code == 404
    body = {"name": "王喆", "identity_kind": "01", "identity_number": resident_number(), "phone": "13812341070"}
    assert other.post("patients/matches", body).json()["items"] == []
    doctor = Program(world.user("doctor", at=TOWNSHIP))
    assert doctor.get("patients/pairs").status_code == 403
    assert desk.post(f"patients/{patient.pk}/pairs/{patient.pk}/apart", {"ground": "x"}).status_code == 404
