"""Registering many people at one desk in one go: each checked as `register_patient` does, written by a few statements.

For taking over a list of people who are new everywhere. They are not compared with each other or with those already
there; whoever is registered later is compared with them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.db import IntegrityError, connection

from yilian.kernel import rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import part, scope
from yilian.kernel.audit import record_all
from yilian.registry.models import Patient, PatientIdentifier
from yilian.registry.models.patient import IdentityKind
from yilian.registry.patients.keys import keys_of
from yilian.registry.patients.registering import described, identifier_of, refuse_number

INDEX = """
select patient_index((item ->> 'patient')::uuid, array(select jsonb_array_elements_text(item -> 'keys')))
from jsonb_array_elements(%s::jsonb) item
"""


def register_patients(people: Sequence[Mapping[str, Any]], *, by: Actor) -> list[Patient]:
    """Register people whom nobody knows yet and return them in order, all or none.

    Each is what `register_patient` takes. Raises ValidationError with the faults of the first who has any, and for a
    number that somebody has.
    """
    if not people:
        return []
    with scope(by):
        patients, identifiers = [], []
        for facts in people:
            patient, identifier = _composed(facts, by)
            patients.append(patient)
            identifiers += [identifier] if identifier else []
        try:
            with part():
                _write(patients, identifiers)
        except IntegrityError:
            refuse_number()
        record_all(by, "registered", object_kind="patient", object_ids=[patient.pk for patient in patients])
    return patients


def _composed(facts: Mapping[str, Any], by: Actor) -> tuple[Patient, PatientIdentifier | None]:
    facts = {"identity_kind": IdentityKind.RESIDENT, "identity_number": "", **facts}
    patient, identity = described(by=by, **facts)
    patient.identity_masked = identity.masked if identity else ""
    return patient, identifier_of(patient, identity) if identity else None


def _write(patients: Sequence[Patient], identifiers: Sequence[PatientIdentifier]) -> None:
    rows.insert(*patients)
    if identifiers:
        rows.insert(*identifiers)
    keys = [{"patient": str(patient.pk), "keys": _keys(patient)} for patient in patients]
    with connection.cursor() as cursor:
        cursor.execute(INDEX, [orjson.dumps(keys).decode()])


def _keys(patient: Patient) -> list[str]:
    return keys_of([patient.name], [patient.identity_masked, patient.phone_masked], patient.birth_on)
