"""The patient's consent: given for kinds, institutions and a time; withdrawn at any moment, with effect at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yilian.domains.records import files
from yilian.domains.records.models import Consent, Ground, GroundKind
from yilian.domains.records.parameters import CONSENT_DAYS
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record as note
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Patient
from yilian.registry.patients.registering import is_minor

MYSELF = "0"
"""The code of the patient in person (GB/T 4761)."""
RECORDERS = ("doctor", "reception", "registrar")


@dataclass(frozen=True)
class Terms:
    """What was agreed: which kinds of documents (none: all), which institutions may read, and on which days."""

    kinds: Sequence[str]
    readers: Sequence[int]
    since_on: date
    until_on: date
    signed_by: str
    relation: str
    told_by: str


@transaction.atomic
def give_consent(patient: Patient, terms: Terms, *, by: Actor, evidence: File | None = None) -> Consent:
    """Record a consent; the institutions it names come to know the patient and may read from its first day on.

    Raises ValidationError by field: no reader, too long, a child who signs in person; FileRefused for the evidence.
    """
    _check(patient, terms, by)
    at, kept = clock.now(), files.keep(evidence, by=by) if evidence else None
    consent = Consent.objects.create(
        id=uuid7(at), patient=patient, kinds=list(terms.kinds), readers=sorted(set(terms.readers)),
        since_on=terms.since_on, until_on=terms.until_on, signed_by=terms.signed_by.strip(), relation=terms.relation,
        told_by=terms.told_by.strip(), institution_id=by.institution_id, recorded_by_id=by.user_id,
        recorded_name=by.name, recorded_at=at, evidence_name=kept.name if kept else "",
        evidence_key=kept.stored.key if kept else "", evidence_sha256=kept.stored.sha256 if kept else "",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select patient_known_to(%s::uuid, %s::int[])", [patient.pk, consent.readers])
    Ground.objects.bulk_create(_grounds(consent, by))
    note(by, "consented", object_kind="health_record", object_id=patient.pk, ground=consent.signed_by,
         detail={"since": str(consent.since_on), "until": str(consent.until_on)})  # fmt: skip
    return consent


def withdraw_consent(consent: Consent, *, by: Actor, reason: str) -> None:
    """End a consent now, whoever of those that know the patient is asked. Raises ValidationError when it has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select records_withdraw(%s::uuid, %s::text, %s::text, %s::timestamptz)",
            [consent.pk, by.name[:100], reason.strip()[:200], clock.now()],
        )
        if not cursor.fetchone()[0]:
            raise ValidationError(_("该授权已经撤回"))
    note(by, "withdrew_consent", object_kind="health_record", object_id=consent.patient_id, ground=reason.strip())


def consents_of(patient_id: UUID) -> list[Consent]:
    """Return every consent ever given by a patient, the newest first."""
    return list(Consent.objects.filter(patient_id=patient_id).select_related("institution"))


def _check(patient: Patient, terms: Terms, by: Actor) -> None:
    faults: dict[str, list[str]] = {}
    most = int(value_of(CONSENT_DAYS, by.institution_id))
    if not terms.readers:
        faults["readers"] = [_("请选择授权哪些机构调阅")]
    if terms.until_on < max(terms.since_on, clock.today()):
        faults["until_on"] = [_("截止日期不早于开始日期和今天")]
    elif (terms.until_on - terms.since_on).days > most:
        faults["until_on"] = [_("一次授权最长 {most} 天").format(most=most)]
    if not terms.signed_by.strip():
        faults["signed_by"] = [_("请填写签署人")]
    if is_minor(patient) and terms.relation == MYSELF:
        faults["relation"] = [_("未满十四周岁的患者由监护人签署，不能由本人签署")]
    if faults:
        raise ValidationError(faults)


def _grounds(consent: Consent, by: Actor) -> list[Ground]:
    since, until = _midnight(consent.since_on), _midnight(consent.until_on + timedelta(days=1))
    return [
        Ground(
            id=uuid7(consent.recorded_at), patient_id=consent.patient_id, institution_id=reader,
            kind=GroundKind.CONSENT, kinds=consent.kinds, number=f"{consent.since_on}–{consent.until_on}",
            consent=consent, since=since, until=until, recorded_in_id=by.institution_id, recorded_name=by.name,
        )
        for reader in consent.readers
    ]  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
