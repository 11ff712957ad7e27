"""What a person may type to find a patient, prepared so that finding is a range of one index."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection

from yilian.registry import pinyin
from yilian.registry.masking import MASK
from yilian.registry.models import Patient

LONGEST = 120
NOT_TYPED = re.compile(r"[\W_]+")
BETWEEN_NAMES = re.compile(r"[·•・‧.．\s]+")
TAIL = 4
EVERYONE = ""
"""The key that every patient has: under it the index holds the patients of an institution in order of arrival."""
BORN = "="
"""What a key of birth date and sound begins with; `fold` drops it, so nobody can type such a key."""


def fold(text: str) -> str:
    """Return text as keys are compared: half-width, lower case, letters, characters and digits only."""
    return NOT_TYPED.sub("", unicodedata.normalize("NFKC", text).lower())[:LONGEST]


@lru_cache(maxsize=20_000)
def sounds(name: str) -> tuple[str, ...]:
    """Return the readings of a name, syllables apart: "shan tian fang"; that of the surname first."""
    return tuple(" ".join(reading) for reading in pinyin.readings(name) if reading) or (fold(name),)


def born_key(birth_on: date, sound: str) -> str:
    """Return the key under which those born on a day are found by how their name sounds."""
    return f"{BORN}{birth_on:%Y%m%d} {sound}"[:LONGEST]


def keys_of(names: Iterable[str], numbers: Iterable[str], birth_on: date | None) -> list[str]:
    """Return the keys of a person: each name, its later parts, its pinyin and initials, and the ends of masked numbers.

    The parts matter for names like 买买提·吐尔逊, which people also look up by 吐尔逊. With a birth date, date and
    sound together find those who may be the same person.
    """
    names = list(names)
    keys = {key for name in names for key in _name_keys(name)}
    keys |= {born_key(birth_on, sounds(name)[0]) for name in names if birth_on}
    keys |= {number[-TAIL:].lower() for number in numbers if len(number) >= TAIL and MASK not in number[-TAIL:]}
    return sorted(keys | {EVERYONE})


def _name_keys(name: str) -> Iterator[str]:
    parts = [part for part in BETWEEN_NAMES.split(name) if part]
    for start in range(len(parts)):
        text = "".join(parts[start:])
        yield fold(text)
        for reading in pinyin.readings(text):
            yield "".join(reading)[:LONGEST]
            yield "".join(part[0] for part in reading)[:LONGEST]


def index_patient(patient: Patient) -> None:
    """Write the keys of a patient anew, for every institution that knows it; rows merged into it lend their names."""
    names = [patient.name, *merged_into(patient.pk).values()]
    numbers = [*patient.identifiers.values_list("masked", flat=True), patient.phone_masked]
    _write_keys(patient, keys_of(names, numbers, patient.birth_on))


def index_new_patient(patient: Patient) -> None:
    """Write the keys of a patient who was just registered: one name, one document at most, nobody merged."""
    numbers = [patient.identity_masked, patient.phone_masked]
    _write_keys(patient, keys_of([patient.name], numbers, patient.birth_on))


def _write_keys(patient: Patient, keys: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select patient_index(%s, %s::text[])", [patient.pk, keys])


def merged_into(patient_id: UUID) -> dict[UUID, str]:
    """Return the rows merged into a patient, directly or through others, with their names."""
    found: dict[UUID, str] = {}
    level = [patient_id]
    while level:
        rows = dict(Patient.objects.filter(merged_into__in=level).values_list("pk", "name"))
        found |= rows
        level = list(rows)
    return found
