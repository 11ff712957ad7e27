"""Patient, institution, department and author as FHIR resources, both ways."""

from datetime import date
from typing import Any
from uuid import UUID

from yilian.domains.records.exchange import codes
from yilian.domains.records.exchange.document import Document, House, Person

Resource = dict[str, Any]


def patient(person: Person) -> Resource:
    """Return Patient with what a document needs of the person: no address, no phone."""
    numbers = [
        {"use": "official", "type": {"coding": [codes.coding(codes.IDENTITY_KIND, kind)]}, "system": codes.IDENTITY,
         "value": number}
        for kind, number in person.numbers
    ]  # fmt: skip
    own = [{"use": "usual", "system": codes.URI, "value": f"urn:uuid:{person.key}"}] if person.key else []
    exact = {"url": codes.SEX_EXTENSION, "valueCoding": codes.coding(codes.SEX, person.sex)}
    said: Resource = {
        "resourceType": "Patient",
        "identifier": [*numbers, *own],
        "name": [{"text": person.name}],
        "gender": codes.GENDERS.get(person.sex, "unknown"),
        "_gender": {"extension": [exact]},
    }
    return said | ({"birthDate": person.birth_on.isoformat()} if person.birth_on else {})


def house(document: Document) -> Resource:
    """Return the Organization that wrote a document."""
    known = document.house
    numbers = ((codes.UNIFIED_CODE, known.unified_code), (codes.LICENCE, known.licence_number))
    identifiers = [{"system": system, "value": value} for system, value in numbers if value]
    said: Resource = {"resourceType": "Organization", "name": known.name}
    return said | ({"identifier": identifiers} if identifiers else {})


def department(document: Document, within: Resource) -> Resource:
    """Return the Organization of a department, a part of the institution."""
    return {"resourceType": "Organization", "name": document.department, "partOf": within}


def practitioner(document: Document) -> Resource:
    """Return the Practitioner who wrote a document."""
    return {"resourceType": "Practitioner", "name": [{"text": document.practitioner}]}


def person_of(resource: Resource, place: str) -> Person:
    """Return what a Patient says of the person; identifiers of other systems are left out."""
    identifiers = resource.get("identifier", ())
    own = (_key(one.get("value", "")) for one in identifiers if one.get("system") == codes.URI)
    born = resource.get("birthDate", "")
    return Person(
        name=name_of(resource), sex=_sex(resource), birth_on=date.fromisoformat(born) if len(born) == 10 else None,
        key=next((key for key in own if key), None),
        numbers=tuple((_kind(one), one.get("value", "")) for one in identifiers if one.get("system") == codes.IDENTITY),
        place=place,
    )  # fmt: skip


def house_of(resource: Resource) -> House:
    """Return what an Organization says of the institution."""
    numbers = {one.get("system"): one.get("value", "") for one in resource.get("identifier", ())}
    return House(resource.get("name", ""), numbers.get(codes.UNIFIED_CODE, ""), numbers.get(codes.LICENCE, ""))


def name_of(resource: Resource) -> str:
    """Return the name of a person: as one text, or else family and given name as Chinese write them."""
    names = sorted(resource.get("name", ()), key=lambda one: one.get("use") not in ("official", "usual", None))
    first = names[0] if names else {}
    return (first.get("text") or first.get("family", "") + "".join(first.get("given", ()))).strip()


def _sex(resource: Resource) -> str:
    for extension in resource.get("_gender", {}).get("extension", ()):
        exact = extension.get("valueCoding", {}) if extension.get("url") == codes.SEX_EXTENSION else {}
        if exact.get("code") in codes.GENDERS:
            return str(exact["code"])
    return codes.SEXES.get(resource.get("gender", ""), "0")


def _kind(identifier: Resource) -> str:
    given = codes.codings(identifier.get("type"))
    return next((one.get("code", "") for one in given if one.get("system") == codes.IDENTITY_KIND), "")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text.removeprefix("urn:uuid:")) if text.startswith("urn:uuid:") else None
    except ValueError:
        return None
