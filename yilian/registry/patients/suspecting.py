"""Who may be the same person: candidates from four indexes, each compared and explained.

Nothing outside the acting institution's wall is ever compared: a candidate is a patient whom the institution knows. A
person known elsewhere only is told by the exact number of a document and the agreeing name (`register_patient`), never
by likeness. The functions want an open scope.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from yilian.kernel.sealing import unseal
from yilian.registry.models import Patient
from yilian.registry.models.region import FIRST_AFTER
from yilian.registry.patients.comparing import Comparison, Traits, compare
from yilian.registry.patients.keys import born_key, fold, sounds
from yilian.registry.patients.numbers import ADDRESS, Identity
from yilian.registry.patients.scales import MANY_SHARE, SCALES
from yilian.registry.patients.slips import slips
from yilian.registry.patients.weights import weighing_at

TRAITS = """
select p.id, p.name, p.sex, p.birth_on, p.phone_digest, p.address_sealed,
       array(select i.kind || ':' || encode(i.digest, 'hex')
             from registry_patientidentifier i where i.patient_id = p.id)
"""
BY_ID = f"""{TRAITS},
    (select count(*) from (
        select 1 from registry_patient q where q.phone_digest = p.phone_digest limit {MANY_SHARE}) sharer)
from registry_patient p where p.id = any(%s)
"""
CANDIDATES = f"""
with hit as materialized (
    (select patient_id as id from registry_patientidentifier where digest = any(%(digests)s) limit 20)
    union (select id from registry_patient where phone_digest = %(phone)s limit 60)
    union (select patient_id from registry_patientkey
           where institution_id = %(place)s and key = any(%(born)s) limit 100)
    union (select patient_id from registry_patientkey
           where institution_id = %(place)s and key >= %(from)s and key < %(to)s limit 100))
{TRAITS}, 1 from hit join registry_patient p on p.id = hit.id where p.merged_into_id is null
"""
"""Documents, phone, sound with the birth date or a slip of it, surname with the birth date."""


@dataclass(frozen=True)
class Suspect:
    """A patient that may be the same person, and why."""

    patient: Patient
    comparison: Comparison


def suspects(patient: Patient, place: int) -> list[Suspect]:
    """Return the patients an institution knows that may be this one, the likeliest first."""
    return suspects_like(traits_of([patient.pk])[patient.pk], place, apart_from=patient.pk)


def suspects_like(traits: Traits, place: int, *, apart_from: UUID | None = None) -> list[Suspect]:
    """Return the patients an institution knows that may be somebody like this, the likeliest first."""
    compared = {
        pk: comparison for pk, comparison in comparisons(traits, place) if comparison.is_suspect and pk != apart_from
    }
    rows = Patient.objects.in_bulk(compared) if compared else {}
    found = [Suspect(rows[pk], comparison) for pk, comparison in compared.items()]
    return sorted(found, key=lambda suspect: (-suspect.comparison.weight, suspect.patient.pk))


def comparisons(traits: Traits, place: int) -> Iterator[tuple[UUID, Comparison]]:
    """Yield the comparison with every candidate that an index finds."""
    candidates = _candidates(traits, place)
    sharers = sum(other.phone == traits.phone for other in candidates.values()) if traits.phone else 0
    own, weighing = replace(traits, sharers=max(sharers, 1)), weighing_at(place)
    return ((pk, compare(own, other, SCALES, weighing)) for pk, other in candidates.items())


def compared(one: UUID, other: UUID, place: int) -> Comparison:
    """Compare two patients; raise Patient.DoesNotExist unless the institution knows both."""
    found = compared_all([(one, other)], place)
    if not found:
        raise Patient.DoesNotExist(f"{one}, {other}")
    return found[one, other]


def compared_all(pairs: list[tuple[UUID, UUID]], place: int) -> dict[tuple[UUID, UUID], Comparison]:
    """Compare pairs of patients whom the institution knows both; others are left out."""
    traits, weighing = traits_of([pk for pair in pairs for pk in pair]), weighing_at(place)
    return {
        (one, other): compare(traits[one], traits[other], SCALES, weighing)
        for one, other in pairs
        if one in traits and other in traits
    }


def traits_of(ids: list[UUID]) -> dict[UUID, Traits]:
    """Return what is compared of each patient."""
    return _read(BY_ID, [ids])


def traits_from(
    name: str, *, sex: str = "", birth_on: date | None = None, document: str = "", phone: bytes = b"", address: str = ""
) -> Traits:
    """Return what is compared of somebody who is no patient yet; `document` is kind, colon and digest in hex."""
    return Traits(
        fold(name), sounds(name), sex, birth_on, frozenset({document} if document else ()), phone, address=fold(address)
    )


def traits_of_new(patient: Patient, documents: Iterable[Identity]) -> Traits:
    """Return what is compared of a patient registered just now, without reading the row again."""
    return Traits(
        fold(patient.name), sounds(patient.name), patient.sex, patient.birth_on,
        frozenset(f"{one.kind}:{one.digest.hex()}" for one in documents), bytes(patient.phone_digest or b""),
        address=fold(unseal(patient.address_sealed, context=ADDRESS)),
    )  # fmt: skip


def _candidates(traits: Traits, place: int) -> dict[UUID, Traits]:
    days = [traits.birth_on, *slips(traits.birth_on)] if traits.birth_on else []
    surname = f"{traits.sounds[0].split(' ')[0]} "
    first = born_key(traits.birth_on, surname) if traits.birth_on else FIRST_AFTER
    return _read(CANDIDATES, {
        "digests": [bytes.fromhex(item.partition(":")[2]) for item in traits.identities],
        "phone": traits.phone or None,
        "place": place,
        "born": [born_key(day, sound) for day in days for sound in traits.sounds],
        "from": first,
        "to": first[:-1] + "!" if traits.birth_on else FIRST_AFTER,
    })  # fmt: skip


def _read(statement: str, values: Any) -> dict[UUID, Traits]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {
            pk: Traits(
                fold(name), sounds(name), sex, birth_on, frozenset(documents), bytes(phone or b""), sharers,
                fold(unseal(address, context=ADDRESS)),
            )
            for pk, name, sex, birth_on, phone, address, documents, sharers in cursor.fetchall()
        }  # fmt: skip
