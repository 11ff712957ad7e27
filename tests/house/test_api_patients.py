"""Patients through the JSON interface: found by number or name, read, registered once."""

from uuid import uuid4

import pytest

from tests.programs import Program
from tests.world import CITY, ELSEWHERE, TOWNSHIP, World
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.registry.tests.conftest import resident_number

NUMBER = resident_number()


@pytest.fixture
def doctor(world: World) -> Program:
    return Program(world.user("doctor", at=TOWNSHIP))


@pytest.fixture
def patient(doctor: Program) -> dict:
    answer = doctor.post("patients", {"name": "王喆", "identity_number": NUMBER, "identity_kind": "01"})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def test_a_patient_is_registered_with_what_the_number_says(patient):
    assert (patient["name"], patient["sex"], patient["birth_on"]) == ("王喆", "1", "1968-02-29")
    assert NUMBER not in str(patient)


def test_nobody_is_registered_twice(world, doctor, patient):
    body = {"name": "王喆", "identity_number": NUMBER, "identity_kind": "01"}
    assert doctor.post("patients", body).json()["id"] == patient["id"]
    city = Program(world.user("doctor", at=CITY))
    assert city.get(f"patients/{patient['id']}").status_code == 404
    assert city.post("patients", body).json()["id"] == patient["id"]
    assert city.get(f"patients/{patient['id']}").status_code == 200


@pytest.mark.parametrize("query", [f"identity={NUMBER}", "name=王喆", "name=王", "name=wangzhe"])
def test_patients_are_found_and_the_search_is_recorded(doctor, patient, query):
    (found,) = doctor.get(f"patients?{query}").json()["items"]
    assert found["id"] == patient["id"]
    with scope(system_actor("test", doctor.place)):
        assert AccessRecord.objects.filter(action="searched", object_kind="patient").count() == 1


def test_every_fault_stands_beside_its_field(doctor):
    wrong = {"name": "", "identity_number": NUMBER[:-1] + "0", "identity_kind": "01", "phone": "12", "colour": "red"}
    answer = doctor.post("patients", wrong)
    assert (answer.status_code, answer.json()["type"]) == (422, "/help/api/#invalid")
    assert {reason["field"] for reason in answer.json()["reasons"]} == {"name", "colour"}
    answer = doctor.post("patients", wrong | {"name": "王喆"} | {"colour": None})
    assert answer.status_code == 422
    del wrong["colour"]
    answer = doctor.post("patients", wrong | {"name": "王喆"})
    assert {reason["field"] for reason in answer.json()["reasons"]} == {"identity_number", "phone"}
    assert doctor.get("patients?name=王喆").json()["items"] == []


@pytest.mark.parametrize("query", ["", "identity=1&name=2", "colour=red", "name=x&limit=0"])
def test_a_search_says_what_it_wants(doctor, query):
    assert doctor.get(f"patients?{query}").status_code == 422


def test_strangers_find_nobody(world, patient):
    stranger = Program(world.user("doctor", at=ELSEWHERE))
    assert stranger.get(f"patients?identity={NUMBER}").json() == {"items": []}
    assert stranger.get("patients?name=王喆").json() == {"items": []}
    for key in (patient["id"], uuid4()):
        assert stranger.get(f"patients/{key}").status_code == 404


def test_only_some_roles_look_at_patients(world, patient):
    finance = Program(world.user("finance", at=TOWNSHIP))
    for answer in (
        finance.get("patients?name=王喆"),
        finance.get(f"patients/{patient['id']}"),
        finance.post("patients", {"name": "甲"}),
    ):
        assert (answer.status_code, answer.json()["type"]) == (403, "/help/api/#not-yours")


def test_a_patient_without_a_document_is_registered_by_name_alone(doctor):
    answer = doctor.post("patients", {"name": "无名氏"})
    assert (answer.status_code, answer.json()["name"]) == (201, "无名氏")
