"""From codes that a person or a file gave to the rows behind them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from yilian.registry.codes.search import named
from yilian.registry.models import Code, CodeSystem
from yilian.registry.writing import Faults


def resolve(system: str, wanted: Iterable[str], faults: Faults, *, field: str) -> list[Code]:
    """Return the codes in the order given, once each, empty ones left out; each unknown one is a fault of `field`."""
    given = [code for code in dict.fromkeys(wanted) if code]
    if not given:
        return []
    known = {code: named(system, code) for code in given}
    for code in given:
        if known[code] is None:
            title = CodeSystem.objects.get(pk=system).title
            faults.add(field, _("“%(title)s”中没有代码 %(code)s") % {"title": title, "code": code})
    return [code for code in known.values() if code]


def resolve_one(system: str, wanted: str, faults: Faults, *, field: str) -> Code | None:
    """Return the one code, or None when none was given or it is unknown (then a fault of `field`)."""
    return next(iter(resolve(system, [wanted], faults, field=field)), None)
