"""What the page of an institution says about where a fact comes from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.registry.models import Institution
from yilian.registry.statements import WEIGHTY, Sources, sources_of


@dataclass(frozen=True)
class FactSource:
    """Who stands behind a fact, and whether that is somebody other than the institution itself."""

    is_proven: bool
    word: str
    told: str


def fact_sources(institution: Institution) -> dict[str, FactSource]:
    """Return where each fact comes from that rules weigh and that has a value; nothing weighs those of an authority."""
    if institution.is_authority:
        return {}
    sources = sources_of([institution])[institution.pk]
    return {fact: _source(sources, fact) for fact in WEIGHTY if sources.is_known(fact)}


def _source(sources: Sources, fact: str) -> FactSource:
    stated = sources.of(fact)
    if word := sources.confirmed_by(fact):
        return FactSource(True, "", _("{who} {day} 核实").format(who=word.who, day=word.attested_on))
    if stated is None or stated.stated_at is None:
        return FactSource(False, _("未核"), _("来源未记录"))
    told = _("{who} {day} 填报").format(who=stated.who, day=clock.local(stated.stated_at).date())
    return FactSource(stated.is_official, _("自报，未核") if stated.is_own else _("未核"), told)
