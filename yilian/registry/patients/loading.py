"""Many patients at once, as the owner role: for taking over an old system, demonstrations and benchmarks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from yilian.kernel.registries.keys import uuid7
from yilian.kernel.sealing import seal
from yilian.registry.models import Patient, PatientIdentifier, PatientKey
from yilian.registry.models.patient import IdentityKind, Sex
from yilian.registry.patients.keys import keys_of
from yilian.registry.patients.numbers import ADDRESS, PHONE, read_identity, read_phone

BATCH = 5000


@dataclass(frozen=True)
class Person:
    """A patient to load: known to these institutions, registered at this moment; `facts` are further columns."""

    name: str
    institutions: tuple[int, ...]
    registered_at: datetime
    identity_number: str = ""
    phone: str = ""
    address: str = ""
    sex: str = Sex.UNKNOWN
    birth_on: date | None = None
    identity_kind: str = IdentityKind.RESIDENT
    facts: Mapping[str, Any] = field(default_factory=dict)


class _Batch:
    """Rows of three tables, waiting to be copied in."""

    def __init__(self) -> None:
        self.patients: list[dict[str, Any]] = []
        self.identifiers: list[dict[str, Any]] = []
        self.keys: list[dict[str, Any]] = []

    def add(self, person: Person) -> UUID:
        """Work out the rows of a person; raises IdentityError or PhoneError."""
        identity = read_identity(person.identity_kind, person.identity_number) if person.identity_number else None
        phone = read_phone(person.phone) if person.phone else None
        patient = Patient(
            id=uuid7(person.registered_at),
            name=person.name,
            sex=(identity and identity.sex) or person.sex,
            birth_on=(identity and identity.birth_on) or person.birth_on,
            identity_masked=identity.masked if identity else "",
            phone_sealed=seal(phone.number, context=PHONE) if phone else None,
            phone_digest=phone.digest if phone else None,
            phone_masked=phone.masked if phone else "",
            address_sealed=seal(person.address, context=ADDRESS) if person.address else None,
            institutions=sorted(set(person.institutions)),
            created_at=person.registered_at,
            changed_at=person.registered_at,
            **person.facts,
        )
        self.patients.append({field.column: getattr(patient, field.attname) for field in patient._meta.concrete_fields})
        if identity:
            values = (patient.pk, identity.kind, identity.sealed(), identity.digest, identity.masked)
            columns = ("patient_id", "kind", "value_sealed", "digest", "masked")
            self.identifiers.append(dict(zip(columns, values, strict=True)))
        numbers = [patient.identity_masked, patient.phone_masked]
        for key in keys_of([person.name], numbers, patient.birth_on):
            for place in patient.institutions:
                self.keys.append({"institution_id": place, "key": key, "patient_id": patient.pk})
        return patient.pk

    def copy_in(self, using: str) -> None:
        """Write what was added, and forget it."""
        self.keys.sort(key=lambda row: (row["institution_id"], row["key"]))  # near rows of the index at one time
        tables = ((Patient, self.patients), (PatientIdentifier, self.identifiers), (PatientKey, self.keys))
        with connections[using].wrap_database_errors, connections[using].cursor() as cursor:
            for model, rows in tables:
                if rows:
                    with cursor.copy(f"copy {model._meta.db_table} ({', '.join(rows[0])}) from stdin") as copy:
                        for row in rows:
                            copy.write_row(list(row.values()))
                rows.clear()


def load_patients(people: Iterable[Person], *, using: str = "owner") -> list[UUID]:
    """Insert people by COPY and return their keys in order; all or nothing, run ANALYZE afterwards.

    There is no look for duplicates: a number that is there already fails with IntegrityError.
    """
    written: list[UUID] = []
    batch = _Batch()
    with transaction.atomic(using=using):
        for person in people:
            written.append(batch.add(person))
            if len(batch.patients) == BATCH:
                batch.copy_in(using)
        batch.copy_in(using)
    return written
