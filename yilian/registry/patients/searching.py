"""Finding patients among those the acting institution knows; every function wants an open scope.

Two statements, both flat in the number of patients: a number is looked up by its digest, anything else as a range of
the key table, which row security lets PostgreSQL read from the index alone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from yilian.kernel.access.actor import Actor
from yilian.registry.models import Patient
from yilian.registry.models.region import FIRST_AFTER
from yilian.registry.patients.keys import EVERYONE, fold
from yilian.registry.patients.numbers import PhoneError, identity_digest, read_phone, squeeze

LINE = "p.id, p.name, p.sex, p.birth_on, p.identity_masked, p.phone_masked, p.is_deceased"
BY_KEY = f"""
select {LINE} from (
    select patient_id, min(key) as key from (
        select patient_id, key from registry_patientkey
        where institution_id = %s and key >= %s and key < %s order by key limit %s) every_key
    group by patient_id order by min(key), patient_id desc limit %s) k
join registry_patient p on p.id = k.patient_id order by k.key, p.id desc
"""
NEWEST = f"""
select {LINE} from (
    select patient_id from registry_patientkey
    where institution_id = %s and key = %s and patient_id < %s order by patient_id desc limit %s) k
join registry_patient p on p.id = k.patient_id order by p.id desc
"""
BY_IDENTITY = f"""
select {LINE} from registry_patientidentifier i join registry_patient p on p.id = i.patient_id
where i.digest = %s limit %s
"""
BY_PHONE = f"""
select {LINE} from registry_patient p where p.phone_digest = %s and p.merged_into_id is null order by p.id desc limit %s
"""
SHORTEST_NUMBER = 5
LAST_KEY = UUID(int=2**128 - 1)
KEYS_EACH = 5
"""At most so many keys of one patient begin alike; reading that many more keys than patients keeps the cost flat."""


@dataclass(frozen=True, slots=True)
class PatientLine:
    """A patient as lists show it: numbers masked."""

    id: UUID
    name: str
    sex: str
    birth_on: date | None
    identity_masked: str
    phone_masked: str
    is_deceased: bool


def search(actor: Actor, text: str, *, limit: int = 20) -> list[PatientLine]:
    """Return patients of the actor's institution by exact number or phone, or by how name, pinyin or a number ends.

    A whole number (five digits or more) is looked for exactly; anything else as the beginning of a key, exact first.
    """
    number = squeeze(text)
    if len(number) >= SHORTEST_NUMBER and any(character.isdigit() for character in number):
        return _by_number(number, limit)
    key = fold(text)
    if not key:
        return []
    return _lines(BY_KEY, [actor.institution_id, key, key + FIRST_AFTER, limit * KEYS_EACH, limit])


def newest(actor: Actor, *, before: UUID | None = None, limit: int = 20) -> list[PatientLine]:
    """Return the patients of the actor's institution, last registered first, further than `before`."""
    return _lines(NEWEST, [actor.institution_id, EVERYONE, before or LAST_KEY, limit])


def find_by_identity(number: str) -> Patient | None:
    """Return the patient with exactly this number, of whatever kind, among those the institution knows."""
    return Patient.objects.filter(identifiers__digest=identity_digest(number)).first()


def _by_number(number: str, limit: int) -> list[PatientLine]:
    found = _lines(BY_IDENTITY, [identity_digest(number), limit])
    if found:
        return found
    try:
        return _lines(BY_PHONE, [read_phone(number).digest, limit])
    except PhoneError:
        return []


def _lines(statement: str, values: list[Any]) -> list[PatientLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [PatientLine(*row) for row in cursor.fetchall()]
