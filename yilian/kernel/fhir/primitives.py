"""Primitive types of FHIR R4: which JSON values and which texts they allow (http://hl7.org/fhir/R4/datatypes.html)."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?"
_ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
PATTERNS = {
    "id": r"[A-Za-z0-9\-.]{1,64}",
    "code": r"[^\s]+(\s[^\s]+)*",
    "uri": r"\S+",
    "oid": r"urn:oid:[0-2](\.(0|[1-9][0-9]*))+",
    "date": rf"{_DAY}|[0-9]{{4}}-(0[1-9]|1[0-2])|[0-9]{{4}}",
    "dateTime": rf"{_DAY}T{_TIME}{_ZONE}|{_DAY}|[0-9]{{4}}-(0[1-9]|1[0-2])|[0-9]{{4}}",
    "instant": rf"{_DAY}T{_TIME}{_ZONE}",
    "time": _TIME,
    "base64Binary": r"(\s*([0-9a-zA-Z+/=]){4}\s*)+",
}
_COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items() if name != "base64Binary"}
_BASE64 = re.compile(r"[0-9a-zA-Z+/]*={0,2}")
TEXTS = frozenset(("string", "markdown", "xhtml", "url", "canonical", "uuid", *PATTERNS))
NUMBERS: dict[str, Callable[[Any], bool]] = {
    "integer": lambda value: isinstance(value, int),
    "positiveInt": lambda value: isinstance(value, int) and value > 0,
    "unsignedInt": lambda value: isinstance(value, int) and value >= 0,
    "decimal": lambda value: isinstance(value, int | Decimal),
}
PRIMITIVES = TEXTS | NUMBERS.keys() | {"boolean"}
LIKE = {"url": "uri", "canonical": "uri", "uuid": "uri"}


def fits(kind: str, value: Any) -> bool:
    """Say whether a JSON value is one of a primitive type; a name that is no primitive is a KeyError."""
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in NUMBERS:
        return not isinstance(value, bool) and NUMBERS[kind](value)
    if kind not in TEXTS:
        raise KeyError(kind)
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        return False
    if kind == "base64Binary":
        return bool(_BASE64.fullmatch("".join(value.split())))
    pattern = _COMPILED.get(LIKE.get(kind, kind))
    return (pattern is None or bool(pattern.fullmatch(value))) and (kind not in _DATED or _is_in_the_calendar(value))


_DATED = frozenset(("date", "dateTime", "instant"))


def _is_in_the_calendar(text: str) -> bool:
    try:
        if "T" in text:
            datetime.fromisoformat(re.sub(r"\.[0-9]+", "", text).replace(":60", ":59"))
        elif len(text) == len("2026-11-22"):
            date.fromisoformat(text)
    except ValueError:
        return False
    return True
