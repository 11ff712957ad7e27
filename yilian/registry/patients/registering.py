"""Writing patients: registering a person once, changing facts, adding identifiers."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.sealing import seal, unseal
from yilian.registry.audited import audit
from yilian.registry.codes.resolving import resolve_one
from yilian.registry.models import Institution, Patient, PatientIdentifier
from yilian.registry.models.patient import CardKind, IdentityKind, Sex
from yilian.registry.patients import pairs
from yilian.registry.patients.keys import fold, index_new_patient, index_patient
from yilian.registry.patients.numbers import (
    ADDRESS,
    GUARDIAN_PHONE,
    PHONE,
    Identity,
    IdentityError,
    PhoneError,
    read_identity,
    read_phone,
)
from yilian.registry.writing import Faults, UnknownFactError, set_facts

PLAIN = (
    "name", "sex", "birth_on", "region", "ethnicity", "insurance", "guardian_name", "guardian_relation",
    "is_deceased", "deceased_on",
)  # fmt: skip
CONTEXTS = {"phone": PHONE, "address": ADDRESS, "guardian_phone": GUARDIAN_PHONE}
SEALED = tuple(CONTEXTS)
PHONES = ("phone", "guardian_phone")
CODED = {"ethnicity": "ethnicity", "insurance": "insurance", "guardian_relation": "relationship"}
WRITTEN = [
    field.name
    for field in Patient._meta.concrete_fields
    if field.name not in ("id", "institutions", "merged_into", "created_at")
]
"""What a change writes; who knows the patient changes by SQL functions only, perhaps at the same time."""
MINOR = 14
"""Below this age a guardian consents (个人信息保护法 第三十一条)."""


def register_patient(
    *, by: Actor, identity_kind: str = IdentityKind.RESIDENT, identity_number: str = "", **facts: Any
) -> tuple[Patient, bool]:
    """Return the patient and whether the row is new.

    A person whose identity document is known anywhere is not registered twice: the acting institution comes to know
    that row instead, if the name agrees (dots, spaces and width of characters aside). Sex and birth date follow from a
    resident identity number; a person without a document is registered without. Facts: see PLAIN and SEALED.
    Raises ValidationError with every fault beside its field.
    """
    with scope(by):
        patient, identity = described(by=by, identity_kind=identity_kind, identity_number=identity_number, **facts)
        known = _known_or_inserted(patient, identity, by)
        if known:
            pairs.note(known, by=by)
        else:
            pairs.note_new(patient, [identity] if identity else [], by=by)
        audit(by, "joined" if known else "registered", known or patient)
        return known or patient, known is None


def described(*, by: Actor, identity_kind: str, identity_number: str, **facts: Any) -> tuple[Patient, Identity | None]:
    """Return the patient that these facts describe, not yet written, and the document, if there is one.

    Raises ValidationError with every fault beside its field.
    """
    faults = Faults()
    identity = _identity(identity_kind, identity_number, faults)
    moment = clock.now()
    patient = Patient(institutions=[by.institution_id], created_at=moment, changed_at=moment)
    _set(patient, facts, faults)
    _agree(patient, identity, faults)
    _check(patient, faults)
    return patient, identity


def change_patient(patient: Patient, *, by: Actor, version: int | None = None, **facts: Any) -> list[str]:
    """Change facts of a patient and return their names. Raises ValidationError with every fault beside its field.

    With `version` a row that somebody else changed since is refused.
    """
    with scope(by):
        faults = Faults()
        _lock(patient, version, faults)
        changed = _set(patient, facts, faults)
        resident = patient.identifiers.filter(kind=IdentityKind.RESIDENT).exists()
        if resident and {"sex", "birth_on"} & set(changed):
            faults.add("birth_on", _("出生日期与性别以居民身份证为准，不能单独修改"))
        _check(patient, faults)
        if changed:
            patient.version += 1
            patient.changed_at = clock.now()
            patient.save(update_fields=WRITTEN)
            index_patient(patient)
            pairs.note(patient, by=by)
            audit(by, "changed", patient, detail={"facts": changed})
        return changed


def add_identifier(
    patient: Patient, *, by: Actor, kind: str, number: str, institution: Institution | None = None
) -> PatientIdentifier:
    """Give a patient a further document, or a number of an institution. Raises ValidationError."""
    with scope(by):
        faults = Faults()
        try:
            identity = read_identity(kind, number)
        except IdentityError as fault:
            raise ValidationError({"identity_number": [str(fault)]}) from None
        _agree(patient, identity, faults)
        faults.refuse()
        row = identifier_of(patient, identity, institution)
        _save_unique(row)
        if institution is None and kind not in CardKind.values and not patient.identity_masked:
            patient.identity_masked = identity.masked
            patient.save(update_fields=["identity_masked"])
        index_patient(patient)
        pairs.note(patient, by=by)
        audit(by, "changed", patient, detail={"identifier": kind})
        return row


def is_minor(patient: Patient) -> bool | None:
    """Say whether a guardian must consent for the patient; None when the birth date is unknown."""
    if patient.birth_on is None:
        return None
    today, birth = clock.today(), patient.birth_on
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day)) < MINOR


def _identity(kind: str, number: str, faults: Faults) -> Identity | None:
    if not number.strip():
        return None
    try:
        return read_identity(kind, number)
    except IdentityError as fault:
        faults.add("identity_number", str(fault))
        return None


def _set(patient: Patient, facts: dict[str, Any], faults: Faults) -> list[str]:
    strange = set(facts) - {*PLAIN, *SEALED}
    if strange:
        raise UnknownFactError(f"a patient has no facts {sorted(strange)}")
    if "name" in facts:
        facts["name"] = " ".join(str(facts["name"]).split())
    changed = set_facts(patient, {name: facts[name] for name in facts if name in PLAIN}, allowed=PLAIN)
    for name in SEALED:
        if name in facts and _set_sealed(patient, name, str(facts[name]).strip(), faults):
            changed.append(name)
    return changed


def _lock(patient: Patient, version: int | None, faults: Faults) -> None:
    """Let no one else change the row until the end of the transaction, and refuse an old version of it."""
    present = Patient.objects.select_for_update().values_list("version", flat=True).get(pk=patient.pk)
    if version is not None and present != version:
        faults.add(NON_FIELD_ERRORS, _("患者资料已被他人更改，请刷新后再修改"))
        faults.refuse()
    patient.version = present


def _set_sealed(patient: Patient, name: str, text: str, faults: Faults) -> bool:
    """Seal a new value; False when it is the old one, or none at all (then a fault)."""
    try:
        phone = read_phone(text) if text and name in PHONES else None
    except PhoneError as fault:
        faults.add(name, str(fault))
        return False
    plain, context = phone.number if phone else text, CONTEXTS[name]
    if unseal(getattr(patient, f"{name}_sealed"), context=context) == plain:
        return False
    setattr(patient, f"{name}_sealed", seal(plain, context=context) if plain else None)
    if name == "phone":
        patient.phone_digest = phone.digest if phone else None
        patient.phone_masked = phone.masked if phone else ""
    return True


def _agree(patient: Patient, identity: Identity | None, faults: Faults) -> None:
    """Take sex and birth date from the number where they are not given, and refuse them where they differ."""
    if identity is None:
        return
    if identity.birth_on:
        if patient.birth_on and patient.birth_on != identity.birth_on:
            faults.add("birth_on", _("出生日期与身份证号码不一致"))
        patient.birth_on = identity.birth_on
    if identity.sex:
        if patient.sex in (Sex.MALE, Sex.FEMALE) and patient.sex != identity.sex:
            faults.add("sex", _("性别与身份证号码不一致"))
        patient.sex = identity.sex


def _check(patient: Patient, faults: Faults) -> None:
    if patient.name and not fold(patient.name):
        faults.add("name", _("姓名应含有文字"))
    if patient.birth_on and patient.birth_on > clock.today():
        faults.add("birth_on", _("出生日期晚于今天"))
    if patient.deceased_on and patient.birth_on and patient.deceased_on < patient.birth_on:
        faults.add("deceased_on", _("死亡日期早于出生日期"))
    for field, system in CODED.items():
        resolve_one(system, getattr(patient, field), faults, field=field)
    faults.of(patient, exclude=["merged_into"], ask_database=False)
    faults.refuse()


def _known_or_inserted(patient: Patient, identity: Identity | None, by: Actor) -> Patient | None:
    """Return the row that is known already, or None after the new one was written.

    Two desks may register one person at the same moment: the later one waits for the number, then joins.
    """
    known = identity and _join(patient.name, identity, by)
    if known:
        return known
    try:
        _insert(patient, identity)
    except ValidationError:
        known = identity and _join(patient.name, identity, by)
        if not known:
            raise
        return known
    return None


def _join(name: str, identity: Identity, by: Actor) -> Patient | None:
    with connection.cursor() as cursor:
        question = "select patient_join(%s, %s, %s, %s)"
        cursor.execute(question, [identity.kind, identity.digest, fold(name), by.institution_id])
        (found,) = cursor.fetchone()
    return Patient.objects.get(pk=found) if found else None


def _insert(patient: Patient, identity: Identity | None) -> None:
    patient.identity_masked = identity.masked if identity else ""
    try:
        with transaction.atomic():
            rows.insert(patient)
            if identity:
                rows.insert(identifier_of(patient, identity))
            index_new_patient(patient)
    except IntegrityError:
        refuse_number()


def identifier_of(patient: Patient, identity: Identity, institution: Institution | None = None) -> PatientIdentifier:
    """Return the row of a document of this patient, not yet written."""
    return PatientIdentifier(
        patient=patient,
        kind=identity.kind,
        institution=institution,
        value_sealed=identity.sealed(),
        digest=identity.digest,
        masked=identity.masked,
    )


def _save_unique(row: PatientIdentifier) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        refuse_number()


def refuse_number() -> None:
    """Refuse a number that another person has, and say no more than that."""
    faults = Faults()
    faults.add("identity_number", _("该证件号码已登记在另一姓名下，请核对姓名与号码；确为同一人时请先更正姓名"))
    faults.refuse()
