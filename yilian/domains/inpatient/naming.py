"""From the words of a report to the indications of the catalogue, through its look-up alone."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.lookups import Found, lookups

CATALOGUE, DOWN = "indication", {"direction": "down"}


def indications_in(words: Iterable[str | int], by: Actor, column: str) -> dict[int, str]:
    """Return the indications for going down that words name, by their numbers, each with its text.

    A word is the number or the exact text of an indication in use at the institution. Raises ValidationError beside
    the column.
    """
    found = {}
    for word in words:
        one = _indication(str(word).strip(), by)
        if one is None:
            text = _("“{word}”不是本机构在用的下转指征，请填编号或原文").format(word=word)
            raise ValidationError({column: [text]})
        found[int(one.value)] = one.label
    return found


def _indication(word: str, by: Actor) -> Found | None:
    catalogue = lookups.get(CATALOGUE)
    if catalogue is None or not word:
        return None
    named = catalogue.resolve(by, word, "") if word.isdecimal() else None
    text = named.label if named else word
    return next((one for one in catalogue.search(by, text, "", DOWN) if one.label == text), None)
