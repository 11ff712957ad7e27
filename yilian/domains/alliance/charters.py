"""The versions of a consortium's charter as its page shows them."""

from dataclasses import dataclass
from datetime import date

from yilian.domains.alliance.models import Charter
from yilian.registry.models import Consortium


@dataclass(frozen=True)
class CharterLine:
    """One version, and whether it is the one in force."""

    charter: Charter
    is_in_force: bool
    is_to_come: bool


def charters_of(consortium: Consortium, on: date) -> list[CharterLine]:
    """Return every version, the newest first.

    In force is the newest that has taken effect by this day; one whose day of effect nobody knows counts from its
    adoption.
    """
    rows = list(Charter.objects.filter(consortium=consortium))
    begun = [row.pk for row in rows if (row.effective_on or row.adopted_on) <= on]
    return [CharterLine(row, row.pk == (begun or [None])[0], row.pk not in begun) for row in rows]
