"""Names of code systems and the codes a document uses, both ways.

CN-CORE (HL7 China) names are used where it has them, LOINC where Chinese CDA documents do; what nobody has named is
below `urn:yilian:` (docs/adr/0184).
"""

from base64 import urlsafe_b64encode
from decimal import Decimal
from typing import Any

from django.utils import translation

from yilian.domains.records.kinds import DISCHARGE, REFERRAL, RecordKind, Section, record_kinds

URI = "urn:ietf:rfc:3986"
LOINC = "http://loinc.org"
CATEGORY = "http://CodeSystem.hl7fhir.cn/document-category"
IDENTITY = "http://NamingSystem.hl7fhir.cn/identityDocument"
IDENTITY_KIND = "http://CodeSystem.hl7fhir.cn/identity-document-type"
SEX = "http://CodeSystem.hl7fhir.cn/physiological-gender"
SEX_EXTENSION = "http://StructureDefinition.hl7fhir.cn/sexual-distinction-of-human"
UNIFIED_CODE = "https://www.cods.org.cn"
INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
LICENCE, NUMBER = "urn:yilian:licence-number", "urn:yilian:record-number"
KIND, SECTION = "urn:yilian:record-kind", "urn:yilian:record-section"

LOINC_OF_KINDS = {DISCHARGE.key: "18842-5", REFERRAL.key: "57133-1"}
GENDERS = {"0": "unknown", "1": "male", "2": "female", "9": "unknown"}
"""AdministrativeGender by GB/T 2261.1; the exact code goes along in an extension."""
SEXES = {"male": "1", "female": "2", "other": "9", "unknown": "0"}
FLAGS = frozenset(("L", "H", "LL", "HH", "N", "A", "AA"))
COMPARATORS = ("<=", ">=", "<", ">")


def coding(system: str, code: str, display: str = "") -> dict[str, str]:
    """Return a Coding."""
    return {"system": system, "code": code} | ({"display": display} if display else {})


def codings(concept: Any) -> list[dict[str, Any]]:
    """Return the codings of a CodeableConcept that may be missing."""
    return list((concept or {}).get("coding", ()))


def kind_of(composition: dict[str, Any]) -> RecordKind | None:
    """Return the kind of document by our own code, by LOINC, or by the category of WS 365; None for any other."""
    given = codings(composition.get("type"))
    for one in given:
        if one.get("system") == KIND and one.get("code") in record_kinds:
            return record_kinds[one["code"]]
    loinc = {code: key for key, code in LOINC_OF_KINDS.items()}
    for one in given:
        if one.get("system") == LOINC and one.get("code") in loinc:
            return record_kinds[loinc[one["code"]]]
    categories = {one.get("code") for concept in composition.get("category", ()) for one in codings(concept)}
    fitting = [kind for kind in record_kinds if kind.category and kind.category in categories]
    return fitting[0] if len(fitting) == 1 else None


def section_of(kind: RecordKind, section: dict[str, Any]) -> Section | None:
    """Return the section of a kind by our own code, by LOINC, or by exactly its title."""
    for one in codings(section.get("code")):
        for known in kind.sections:
            if (one.get("system"), one.get("code")) in ((SECTION, known.key), (LOINC, known.loinc or None)):
                return known
    title = str(section.get("title", "")).strip()
    with translation.override("zh-hans"):
        return next((known for known in kind.sections if title == str(known.title)), None)


def section_of_values(kind: RecordKind) -> Section | None:
    """Return the section whose entries the values of a document are; None for kinds without values."""
    fitting = (section for key in ("tests", "findings") if (section := kind.section(key)))
    return next(fitting, None) if kind.has_observations else None


def compared(text: str) -> tuple[str, Decimal] | None:
    """Return comparator and number of a result like "<0.01"; None for any other text."""
    sign = next((sign for sign in COMPARATORS if text.startswith(sign)), "")
    try:
        number = Decimal(text[len(sign) :]) if sign else None
    except ArithmeticError:
        return None
    return (sign, number) if number is not None and number.is_finite() and f"{sign}{number:f}" == text else None


def sha256_uri(digest: str) -> str:
    """Return a SHA-256 (hex) as the URI that names a thing by its content (RFC 6920)."""
    return "ni:///sha-256;" + urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
