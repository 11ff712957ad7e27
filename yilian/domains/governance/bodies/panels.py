"""The card of a body: what it is for, on which articles, and who sits in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.bodies.catalogue import CATALOGUE, BodyType
from yilian.domains.governance.bodies.seating import sitting
from yilian.domains.governance.models import Body, Founding, Seat
from yilian.domains.governance.models.body import BodyKind
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel


@dataclass(frozen=True)
class SeatLine:
    """A seat as people read it."""

    seat: Seat
    title: str
    is_lapsed: bool


def seat_lines(body: Body, on: date) -> list[SeatLine]:
    """Return the seats held on a day: the chair, the vice chairs, the members."""
    kind, order = kind_of(body), ["chair", "vice", "member"]
    seats = sorted(sitting(body.pk, on), key=lambda seat: (order.index(seat.position), seat.pk))
    return [SeatLine(one, kind.position(one.position), _has_lapsed(one, on)) for one in seats]


def kind_of(body: Body) -> BodyType:
    return CATALOGUE[BodyKind(body.kind)]


def _has_lapsed(seat: Seat, on: date) -> bool:
    return seat.term_until is not None and seat.term_until < on


def _body(founding: Founding, actor: Actor) -> dict[str, Any] | None:
    if not founding.sort:
        return None
    lines = seat_lines(founding.body, clock.today()) if founding.body else []
    return {"kind": CATALOGUE[BodyKind(founding.sort)], "lines": lines, "body": founding.body}


BODY = Panel("body", _("职责与席位"), "governance/body.html", _body)
