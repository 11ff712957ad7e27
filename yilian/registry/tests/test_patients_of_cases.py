"""A case makes its patient known to those who take part, and to nobody else."""

import pytest
from django.db import ProgrammingError, transaction

from tests.world import COUNTY, TOWNSHIP
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.lookups import lookups
from yilian.kernel.workflow.models import Case
from yilian.registry import patients
from yilian.registry.models import Patient
from yilian.registry.tests.conftest import resident_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(world):
    return world.person("doctor", at=TOWNSHIP), world.person("reception", at=COUNTY)


def about(case: Case, patient: Patient, actor) -> None:
    with scope(actor):
        Case.objects.filter(pk=case.pk).update(patient=patient)


def test_whoever_is_asked_comes_to_know_the_patient(world, people):
    doctor, reception = people
    patient, _ = patients.register_patient(by=doctor, name="王喆", identity_number=resident_number())
    case = world.open("errand", by=doctor, receiver=str(reception.institution_id), wish="会诊")
    about(case, patient, doctor)
    with scope(reception):
        assert not Patient.objects.exists()
    world.take(case, "send", by=doctor)
    with scope(reception):
        assert [line.name for line in patients.search(reception, "wz")] == ["王喆"]
        found = lookups["patient"].search(reception, "wz", "", {})
        assert [(entry.label, entry.value) for entry in found] == [("王喆", patient.pk)]


def test_a_patient_named_later_becomes_known_to_all_sides(world, people):
    doctor, reception = people
    patient, _ = patients.register_patient(by=doctor, name="王喆", identity_number=resident_number())
    case = world.open("errand", by=doctor, receiver=str(reception.institution_id), wish="会诊")
    world.take(case, "send", by=doctor)
    about(case, patient, doctor)
    with scope(reception):
        assert Patient.objects.get() == patient


def test_nobody_opens_a_case_about_a_patient_they_do_not_know(world, people):
    doctor, reception = people
    patient, _ = patients.register_patient(by=doctor, name="王喆", identity_number=resident_number())
    case = world.open("errand", by=reception, receiver=str(doctor.institution_id), wish="会诊")
    with pytest.raises(ProgrammingError, match="no such patient"), transaction.atomic():
        about(case, patient, reception)
    with scope(reception):
        assert lookups["patient"].resolve(reception, str(patient.pk), "") is None
        assert not Patient.objects.exists()
