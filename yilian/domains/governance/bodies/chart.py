"""The chart of a consortium's bodies on a day: tiers from above, what is missing, and who answers at each member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yilian.domains.governance.bodies.catalogue import CATALOGUE, TIERS, BodyType
from yilian.domains.governance.bodies.panels import SeatLine, seat_lines
from yilian.domains.governance.bodies.seating import running
from yilian.domains.governance.models import Body, Contact
from yilian.domains.governance.models.body import BodyKind
from yilian.kernel.registries.words import Words
from yilian.kernel.workflow.models import Case
from yilian.registry.bodies import KnownBody, known_bodies
from yilian.registry.consortia import members_of
from yilian.registry.models import Consortium, Institution


@dataclass(frozen=True)
class Card:
    """A body in the chart: one of ours with its seats, one that a domain has on record, or one that is missing."""

    kind: BodyType
    name: str
    lines: tuple[SeatLine, ...] = ()
    known: KnownBody | None = None
    address: str = ""
    is_missing: bool = False
    seated_in: str = ""

    @property
    def title(self) -> str:
        return self.name or self.kind.title


@dataclass(frozen=True)
class Tier:
    """The bodies of one height."""

    title: Words
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class ContactLine:
    """A member with the department and person that answer for the consortium, if it named them."""

    institution: Institution
    contact: Contact | None


def chart(consortium: Consortium, on: date) -> list[Tier]:
    """Return the tiers that have a body or miss one."""
    cards = _cards(consortium, on)
    tiers = [Tier(title, tuple(card for card in cards if card.kind.tier == key)) for key, title in TIERS]
    return [tier for tier in tiers if tier.cards]


def _cards(consortium: Consortium, on: date) -> list[Card]:
    bodies = list(running(consortium.pk, on))
    seen = Case.objects.in_bulk([body.case_id for body in bodies])
    known, cards = known_bodies(consortium.pk, on), []
    for kind in CATALOGUE.values():
        own = [body for body in bodies if body.kind == kind.kind]
        cards += [_own(kind, body, on, seen.keys()) for body in own]
        if not own:
            cards += _other(kind, known.get(kind.kind), consortium)
    return cards


def _own(kind: BodyType, body: Body, on: date, seen: Iterable[object]) -> Card:
    address = f"/body/{body.case_id}/" if body.case_id in seen else ""
    return Card(kind, body.name, tuple(seat_lines(body, on)), address=address, seated_in=body.seated_in)


def _other(kind: BodyType, known: KnownBody | None, consortium: Consortium) -> list[Card]:
    if known is not None:
        return [Card(kind, known.name, known=known)]
    return [Card(kind, "", is_missing=True)] if consortium.kind in kind.wanted_in else []


def contacts(consortium: Consortium, on: date) -> list[ContactLine]:
    """Return each member, the lead first; empty for a reader who sees none of the contacts."""
    rows = {row.institution_id: row for row in Contact.objects.filter(consortium=consortium)}
    members = [row.institution for row in members_of(consortium.pk, on)]
    return [ContactLine(one, rows.get(one.pk)) for one in members]


def body_kind(key: str) -> BodyType:
    """Return the kind of a body by its key; raise ValueError for an unknown one."""
    return CATALOGUE[BodyKind(key)]
