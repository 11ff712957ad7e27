"""The look-ups of a definition: the indicator it changes, and the rows it counts."""

from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.indicators.catalogue import definition, of_consortium
from yilian.kernel.indicators.indicator import Indicator
from yilian.kernel.lake.fact import facts
from yilian.kernel.registries import UnknownKeyError
from yilian.kernel.workflow.lookups import Found, Lookup, lookups

MOST = 20


def _indicator(indicator: Indicator) -> Found:
    said = indicator.key if indicator.formula else _("{key}，不由公式计算，只能设定目标值").format(key=indicator.key)
    return Found(indicator.key, str(indicator.title), said)


def _search_indicators(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    consortium = context.get("consortium", "")
    known = of_consortium(int(consortium) if consortium.isdecimal() else 0)
    found = [_indicator(each) for each in known if not each.lacks]
    return [one for one in found if text.strip().lower() in f"{one.label} {one.value}".lower()][:MOST]


def _resolve_indicator(actor: Actor, value: Any, source: str) -> Found | None:
    try:
        return _indicator(definition(str(value)))
    except UnknownKeyError:
        return None


def sources() -> list[Found]:
    """Return every fact with each institution column at which its rows may be counted."""
    return [
        Found(f"{fact.key}:{place}", f"{fact.title} · {title}", str(fact.help))
        for fact in facts if not fact.describes_institutions
        for place, title in fact.institutions.items()
    ]  # fmt: skip


def _search_sources(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    return [one for one in sources() if text.strip().lower() in f"{one.label} {one.value}".lower()][:MOST]


def _resolve_source(actor: Actor, value: Any, source: str) -> Found | None:
    return next((one for one in sources() if one.value == value), None)


lookups.add(Lookup("measure_indicator", _search_indicators, _resolve_indicator))
lookups.add(Lookup("measure_source", _search_sources, _resolve_source))
