"""Finding a code by what a person types: its number, its pinyin, initials of its pinyin, or part of its name."""

from datetime import date

from django.db.models import Q, QuerySet

from yilian.kernel.almanac.keeping import kept
from yilian.registry.models import Code
from yilian.registry.models.region import FIRST_AFTER


def valid(system: str, on: date) -> QuerySet[Code]:
    """Return the codes of a system that may be chosen on this day."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return Code.objects.filter(begun & running, system_id=system)


def search(system: str, text: str, *, on: date, limit: int = 20) -> list[Code]:
    """Return up to `limit` codes, those that begin with the text before those that merely contain it.

    Chinese text is looked for in names, latin text and digits in codes and pinyin; empty text gives the first codes.
    """
    wanted = text.strip()
    candidates = valid(system, on).select_related("parent").order_by("code")
    if not wanted:
        return list(candidates[:limit])
    found = list(candidates.filter(_beginning(wanted))[:limit])
    if len(found) < limit:
        rest = candidates.filter(_containing(wanted)).exclude(pk__in=[code.pk for code in found])
        found += rest[: limit - len(found)]
    return found


@kept
def named(system: str, code: str) -> Code | None:
    """Return one code, ended ones included, or None; from memory, so nobody changes it."""
    return Code.objects.filter(system_id=system, code=code).first()


def matching(text: str) -> Q:
    """Return the condition that a code begins with the text or its name or pinyin contains it."""
    return _beginning(text) | _containing(text)


def _beginning(wanted: str) -> Q:
    if not wanted.isascii():
        return Q(name__startswith=wanted)
    latin = _latin(wanted)
    return (
        _begins("code", wanted)
        | _begins("code", wanted.upper())
        | _begins("initials", latin)
        | _begins("pinyin", latin)
    )


def _containing(wanted: str) -> Q:
    if not wanted.isascii():
        return Q(name__contains=wanted)
    return Q(initials__contains=_latin(wanted)) | Q(pinyin__contains=_latin(wanted))


def _latin(wanted: str) -> str:
    return wanted.lower().replace(" ", "")


def _begins(column: str, prefix: str) -> Q:
    """Compare with bounds, not LIKE: bounds use the plain index whatever the collation of the database."""
    return Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + FIRST_AFTER})
