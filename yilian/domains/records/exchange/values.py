"""Measured values as Observations, both ways."""

from decimal import Decimal
from typing import Any

from yilian.domains.records.exchange import codes
from yilian.domains.records.exchange.document import Document, Value
from yilian.domains.records.kinds import LABORATORY

Resource = dict[str, Any]
FINAL = ("final", "amended", "corrected")
TAKEN = ("valueQuantity", "valueString", "valueCodeableConcept", "valueInteger")
DECIMALS = 4


def observation(value: Value, document: Document, patient: Resource, house: Resource) -> Resource:
    """Return the Observation of a value. A text with a unit becomes one text: FHIR has no unit there."""
    said: Resource = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": value.name} | ({"coding": [{"code": value.code}]} if value.code else {}),
        "subject": patient,
        "effectiveDateTime": document.effective_at.isoformat(),
        "performer": [house],
    } | _result(value)
    if document.kind == LABORATORY.key:
        said["category"] = [{"coding": [codes.coding(codes.OBSERVATION_CATEGORY, "laboratory")]}]
    if value.flag:
        known = {"coding": [codes.coding(codes.INTERPRETATION, value.flag)]} if value.flag in codes.FLAGS else {}
        said["interpretation"] = [known or {"text": value.flag}]
    bounds = {"low": value.low, "high": value.high}
    if ranges := {name: _quantity(bound, value.unit) for name, bound in bounds.items() if bound is not None}:
        said["referenceRange"] = [ranges]
    return said


def value_of(resource: Resource, place: str = "") -> Value:
    """Return what an Observation says; a value of another type is left empty (see `is_taken`)."""
    concept, ranges = resource["code"], (resource.get("referenceRange") or [{}])[0]
    given, quantity = codes.codings(concept), resource.get("valueQuantity", {})
    number, text = _number_or_text(resource)
    flags = (resource.get("interpretation") or [{}])[0]
    low, high = (ranges.get(name, {}).get("value") for name in ("low", "high"))
    return Value(
        name=str(concept.get("text") or next((one["display"] for one in given if one.get("display")), "")).strip(),
        code=next((one["code"] for one in given if one.get("code")), ""),
        number=number, text=text, unit=quantity.get("unit") or quantity.get("code", ""),
        low=_decimal(low), high=_decimal(high),
        flag=next((one["code"] for one in codes.codings(flags) if one.get("code")), flags.get("text", "")),
        place=place,
    )  # fmt: skip


def is_taken(resource: Resource) -> bool:
    """Say whether an Observation is one a document can hold: final, one value of a type we keep, no parts."""
    values = [name for name in resource if name.startswith("value")]
    fits = all(name in TAKEN for name in values) and not resource.get("component") and not resource.get("hasMember")
    bounds = [
        one.get(side, {}).get("value", 0) for one in resource.get("referenceRange", ()) for side in ("low", "high")
    ]
    return resource["status"] in FINAL and fits and all(has_few_decimals(Decimal(bound)) for bound in bounds)


def has_few_decimals(number: Decimal) -> bool:
    """Say whether the database keeps a number as it is: 12 digits before and four behind the point."""
    return abs(number) < 10**12 and number == number.quantize(Decimal(1).scaleb(-DECIMALS))


def _result(value: Value) -> Resource:
    if value.number is not None:
        return {"valueQuantity": _quantity(value.number, value.unit)}
    if found := codes.compared(value.text):
        sign, number = found
        return {"valueQuantity": _quantity(number, value.unit) | {"comparator": sign}}
    if value.text:
        return {"valueString": " ".join(part for part in (value.text, value.unit) if part)}
    return {"dataAbsentReason": {"text": "未提供结果"}}


def _quantity(number: Decimal, unit: str) -> Resource:
    return {"value": _short(number)} | ({"unit": unit} if unit else {})


def _short(number: Decimal) -> Decimal:
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _number_or_text(resource: Resource) -> tuple[Decimal | None, str]:
    quantity = resource.get("valueQuantity", {})
    number = _decimal(quantity.get("value", resource.get("valueInteger")))
    if number is None:
        concept = resource.get("valueCodeableConcept", {})
        named = (one["display"] for one in codes.codings(concept) if one.get("display"))
        return None, str(resource.get("valueString") or concept.get("text") or next(named, "")).strip()
    if quantity.get("comparator"):
        return None, f"{quantity['comparator']}{number:f}"
    return (number, "") if has_few_decimals(number) else (None, f"{number:f}")


def _decimal(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None
