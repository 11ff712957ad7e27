"""Pairs of patients who may be one person: noted when a patient is written, and told apart by people.

A pair in the review band stays open until somebody merges the two or says that they are not the same; what was said is
remembered with who, when and why, holds for rows merged later too, and can be taken back.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.registry.audited import audit
from yilian.registry.models import Patient, PatientPair
from yilian.registry.models.patient import Decision
from yilian.registry.patients.keys import merged_into
from yilian.registry.patients.numbers import Identity
from yilian.registry.patients.suspecting import Suspect, compared, suspects, suspects_like, traits_of_new

LONGEST_GROUND = 300


def note(patient: Patient, *, by: Actor) -> list[Suspect]:
    """Write down who may be the same person, forget what no longer looks alike, and return the suspects."""
    if patient.merged_into_id:
        return []
    found = open_suspects(patient, by=by)
    _write_down(patient, found)
    return found


def note_new(patient: Patient, documents: Iterable[Identity], *, by: Actor) -> list[Suspect]:
    """Write down who may be the same person as one registered just now, of whom nobody can have said anything yet."""
    found = suspects_like(traits_of_new(patient, documents), by.institution_id, apart_from=patient.pk)
    if found:
        _write_down(patient, found)
    return found


def _write_down(patient: Patient, found: list[Suspect]) -> None:
    values = [patient.pk, [one.patient.pk for one in found], [one.comparison.weight for one in found], clock.now()]
    _call("select patient_pair_note(%s, %s::uuid[], %s::int[], %s)", values)


def open_suspects(patient: Patient, *, by: Actor) -> list[Suspect]:
    """Return those who may be the same person and of whom nobody has said otherwise, the likeliest first."""
    found = suspects(patient, by.institution_id)
    apart = told_apart_from(patient) if found else {}
    return [suspect for suspect in found if suspect.patient.pk not in apart]


def told_apart_from(patient: Patient) -> dict[UUID, PatientPair]:
    """Return the patients of whom somebody said that they are not this one, each with what was said.

    Rows merged into either side count for the side they were merged into.
    """
    family = {patient.pk, *merged_into(patient.pk)}
    said = PatientPair.objects.filter(Q(low__in=family) | Q(high__in=family), decision=Decision.DIFFERENT)
    pairs = {(pair.high_id if pair.low_id in family else pair.low_id): pair for pair in said}
    heads = _heads(pairs)
    return {heads[pk]: pair for pk, pair in pairs.items()}


def open_pairs() -> QuerySet[PatientPair]:
    """Return the pairs of the acting institution that wait for somebody, the likeliest first."""
    return _standing().filter(decision=Decision.OPEN)


def decided_pairs() -> QuerySet[PatientPair]:
    """Return the pairs that somebody told apart, the latest first."""
    return _standing().filter(decision=Decision.DIFFERENT).order_by("-decided_at", "low", "high")


def tell_apart(one: Patient, other: Patient, *, by: Actor, ground: str) -> None:
    """Remember that two patients are not the same person. Raises ValidationError without a ground."""
    reason = ground.strip()[:LONGEST_GROUND]
    if not reason:
        raise ValidationError({"ground": [_("请填写判断为不同人的依据")]})
    _decide(one, other, Decision.DIFFERENT, by, reason)


def reconsider(one: Patient, other: Patient, *, by: Actor) -> None:
    """Take back that two patients are not the same. Raises ValidationError when nobody said so."""
    with scope(by):
        pair = told_apart_from(one).get(other.pk)
        if pair is None:
            raise ValidationError(_("没有“不是同一人”的判定可撤销，请刷新后查看"))
        said, against = Patient.objects.get(pk=pair.low_id), Patient.objects.get(pk=pair.high_id)
        _decide(said, against, Decision.OPEN, by, "")


def _decide(one: Patient, other: Patient, decision: Decision, by: Actor, reason: str) -> None:
    with scope(by):
        weight = compared(one.pk, other.pk, by.institution_id).weight
        is_open = decision == Decision.OPEN
        who: tuple[Any, ...] = (None, None) if is_open else (by.user_id, by.institution_id or None)
        values: list[Any] = [one.pk, other.pk, weight, decision.value, reason, *who, clock.now()]
        _call("select patient_pair_decide(%s, %s, %s, %s, %s, %s, %s, %s)", values)
        audit(by, "reconsidered" if is_open else "told_apart", one, ground=reason, detail={"other": str(other.pk)})


def _standing() -> QuerySet[PatientPair]:
    rows = PatientPair.objects.select_related("low", "high", "user", "institution")
    return rows.filter(low__merged_into__isnull=True, high__merged_into__isnull=True)


def _heads(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the row each was merged into in the end, itself when it was not."""
    heads = {pk: pk for pk in ids}
    while links := dict(
        Patient.objects.filter(pk__in=heads.values(), merged_into__isnull=False).values_list("pk", "merged_into_id")
    ):
        heads = {pk: links.get(head, head) for pk, head in heads.items()}
    return heads


def _call(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
