"""The schemes one may assess by: those that ship and those an office has made; which is in force where."""

from datetime import date

from yilian.domains.assessment.models import SchemeVersion
from yilian.domains.assessment.parameters import SCHEME
from yilian.domains.assessment.schemes import Scheme, shipped
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Consortium


def known() -> dict[str, Scheme]:
    """Return every scheme by its code: those that ship, then those made here."""
    made = {row.code: Scheme(row.code, row.title, tuple(row.kinds), tuple(row.items)) for row in _rows()}
    return {**shipped(), **made}


def titles() -> dict[str, str]:
    """Return the title of every line of every scheme by its key, as pickers and the history show it."""
    return {item["key"]: item["title"] for scheme in known().values() for item in scheme.items}


def in_force(consortium: Consortium, on: date) -> Scheme | None:
    """Return the scheme adopted for a consortium on a day, else the one that ships for its kind, else None."""
    code = str(value_of(SCHEME, consortium_id=consortium.pk, on=on))
    schemes = known()
    if code:
        return schemes.get(code)
    return next((one for one in schemes.values() if consortium.kind in one.kinds), None)


def _rows() -> list[SchemeVersion]:
    return list(SchemeVersion.objects.all())
