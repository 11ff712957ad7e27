"""Many people registered in one go are found, hidden and recorded like those registered one by one."""

import pytest
from django.core.exceptions import ValidationError

from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.registry import patients
from yilian.registry.models import Patient, PatientIdentifier, PatientKey
from yilian.registry.tests.conftest import resident_number

pytestmark = pytest.mark.django_db
PEOPLE = (
    {"name": "王喆", "identity_number": resident_number(1), "phone": "13812341070", "address": "石桥乡一组7号"},
    {"name": "李静", "sex": "2"},
)


def stored(patient: Patient) -> dict[str, object]:
    """Return what is kept of a patient beside keys, moments and what a fresh seal makes different each time."""
    kept = Patient.objects.values().get(pk=patient.pk)
    numbers = PatientIdentifier.objects.filter(patient=patient).values_list("kind", "digest", "masked")
    keys = PatientKey.objects.filter(patient=patient).values_list("institution_id", "key").order_by("key")
    different = ("id", "created_at", "changed_at", "phone_sealed", "address_sealed", "institutions")
    return {name: value for name, value in kept.items() if name not in different} | {
        "numbers": [(kind, bytes(digest), masked) for kind, digest, masked in numbers],
        "keys": [key for _institution, key in keys],
    }


def test_many_are_stored_as_one_by_one(at_township, at_county):
    many = patients.register_patients(PEOPLE[1:], by=at_township)
    one, _is_new = patients.register_patient(by=at_county, **PEOPLE[1])
    with scope(at_township):
        together = stored(many[0])
    with scope(at_county):
        assert stored(one) == together


def test_many_are_found_by_their_desk_only(at_township, at_county):
    known = patients.register_patients(PEOPLE, by=at_township)
    assert [patient.name for patient in known] == ["王喆", "李静"]
    with scope(at_township):
        assert [line.name for line in patients.search(at_township, "wangzhe")] == ["王喆"]
        assert patients.find_by_identity(resident_number(1)).pk == known[0].pk
        noted = AccessRecord.objects.filter(action="registered", object_kind="patient")
        assert sorted(noted.values_list("object_id", flat=True)) == sorted(str(patient.pk) for patient in known)
    with scope(at_county):
        assert not Patient.objects.exists()


def test_a_number_somebody_has_or_a_fault_registers_nobody(at_township, at_county):
    patients.register_patient(by=at_county, **PEOPLE[0])
    with pytest.raises(ValidationError, match="该证件号码已登记"):
        patients.register_patients(PEOPLE[::-1], by=at_township)
    with pytest.raises(ValidationError, match="不能为空"):
        patients.register_patients([PEOPLE[1], {"name": ""}], by=at_township)
    with scope(at_township):
        assert not Patient.objects.exists()


def test_nobody_to_register_is_no_fault(at_township):
    assert patients.register_patients([], by=at_township) == []
