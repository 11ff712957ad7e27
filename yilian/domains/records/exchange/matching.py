"""Whose document it is: the patient by a number that proves it, the institution by its own; nobody is guessed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yilian.domains.records.exchange.document import Document, Person
from yilian.domains.records.exchange.interpreting import ROOT, UnfitDocumentError
from yilian.kernel.access.actor import Actor
from yilian.kernel.fhir.outcome import Issue
from yilian.registry.models import Institution, Patient
from yilian.registry.models.patient import IdentityKind, PatientIdentifier, Sex
from yilian.registry.patients.keys import fold
from yilian.registry.patients.numbers import Identity, IdentityError, read_identity

AUTHOR = f"{ROOT}.author"


def patient_and_house(document: Document, *, by: Actor) -> Patient:
    """Return the patient of a document that the actor's institution wrote.

    Raises UnfitDocumentError: another institution, a number that cannot be one, nobody or several, or somebody whose
    name, birth date or sex is another.
    """
    faults = list(_house_faults(document, by))
    try:
        found = _patient(document.patient)
    except UnfitDocumentError as unfit:
        raise UnfitDocumentError([*faults, *unfit.issues]) from unfit
    faults += _differences(document.patient, found)
    if faults:
        raise UnfitDocumentError(faults)
    return found


def _house_faults(document: Document, by: Actor) -> Iterator[Issue]:
    own, house = Institution.objects.get(pk=by.institution_id), document.house
    if not (own.unified_code or own.licence_number):
        text = _("本机构尚未登记统一社会信用代码或执业许可证登记号，不能核对书写机构，请先补登")
        yield Issue("business-rule", text, AUTHOR)
        return
    pairs = ((house.unified_code, own.unified_code), (house.licence_number, own.licence_number))
    said = [(theirs, ours) for theirs, ours in pairs if theirs]
    if not any(theirs == ours for theirs, ours in said) or any(ours and theirs != ours for theirs, ours in said):
        text = _("书写机构不是本机构（{name}）；文档由书写它的机构自己送来").format(name=by.institution_name)
        yield Issue("forbidden", text, AUTHOR)


def _patient(person: Person) -> Patient:
    identities = _identities(person)
    found = {row.patient_id: row.patient for one in identities for row in _rows(one)}
    own = Patient.objects.filter(pk=person.key).first() if person.key else None
    if own:
        found[own.pk] = own
    if len(found) > 1:
        text = _("所给的标识属于不同的患者，请核对")
        raise UnfitDocumentError([Issue("multiple-matches", text, f"{person.place}.identifier")])
    if not found:
        raise UnfitDocumentError([_nobody(person)])
    (patient,) = found.values()
    for one in identities:
        if patient.identifiers.filter(kind=one.kind).exclude(digest=one.digest).exists() and not _has(patient, one):
            text = _("证件号码与本机构登记的不一致，请核对")
            raise UnfitDocumentError([Issue("conflict", text, f"{person.place}.identifier")])
    return patient.merged_into or patient


def _identities(person: Person) -> list[Identity]:
    """Return the documents of a person; raises UnfitDocumentError for a number that cannot be one of its kind."""
    found, faults = [], []
    for kind, number in person.numbers:
        if kind not in IdentityKind.values:
            text = _("请以 type 写明证件类型，如 01 居民身份证")
            faults.append(Issue("required", text, f"{person.place}.identifier"))
            continue
        try:
            found.append(read_identity(kind, number))
        except IdentityError as fault:
            faults.append(Issue("value", str(fault), f"{person.place}.identifier"))
    if faults:
        raise UnfitDocumentError(faults)
    return found


def _nobody(person: Person) -> Issue:
    if not person.numbers and not person.key:
        text = _("请提供患者的身份证件号码（带证件类型）或平台的患者标识")
        return Issue("required", text, f"{person.place}.identifier")
    text = _("本机构没有登记这名患者，请先登记；文档不会替人建档")
    return Issue("not-found", text, f"{person.place}.identifier")


def _rows(identity: Identity) -> list[PatientIdentifier]:
    rows = PatientIdentifier.objects.filter(kind=identity.kind, digest=identity.digest, institution=None)
    return list(rows.select_related("patient"))


def _has(patient: Patient, identity: Identity) -> bool:
    return patient.identifiers.filter(kind=identity.kind, digest=identity.digest).exists()


def _differences(person: Person, patient: Patient) -> Iterator[Issue]:
    known = (Sex.MALE, Sex.FEMALE)
    if person.name and fold(person.name) != fold(patient.name):
        yield Issue("conflict", _("姓名与登记的不一致，请核对是否同一人"), f"{person.place}.name")
    if person.birth_on and patient.birth_on and person.birth_on != patient.birth_on:
        yield Issue("conflict", _("出生日期与登记的不一致，请核对是否同一人"), f"{person.place}.birthDate")
    if person.sex in known and patient.sex in known and person.sex != patient.sex:
        yield Issue("conflict", _("性别与登记的不一致，请核对是否同一人"), f"{person.place}.gender")
