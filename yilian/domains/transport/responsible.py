"""Who answers for a patient at each moment of a transport (docs/adr/0140)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yilian.domains.transport.models import Journey
from yilian.domains.transport.vocabulary import EscortedBy, State
from yilian.kernel import clock
from yilian.registry import known


@dataclass(frozen=True)
class Responsible:
    """An institution and, where one is named, the person who escorts; since when."""

    institution_id: int | None
    institution: str
    person: str = ""
    phone: str = ""
    since: datetime | None = None
    why: str = ""


def responsible_for(transport: Journey) -> Responsible:
    """Return who answers for the patient: whoever escorts until the receiver signs; before departure, the sender."""
    state = transport.state
    if state in (State.PLANNED, State.CANCELLED, State.RETURNED):
        return _at(transport.sender_id, transport.ended_at, _("患者在转出机构"))
    if state == State.HANDED_OVER:
        return _at(transport.receiver_id, transport.signed_at, _("转入方已签收"), transport.signed_by)
    if state == State.ELSEWHERE:
        return Responsible(None, transport.other_place, transport.other_person, "", transport.arrived_at,
                           _("已送往他处"))  # fmt: skip
    fetched = transport.escorted_by == EscortedBy.RECEIVER
    carrier = transport.receiver_id if fetched else transport.sender_id
    why = _("转入方签收前由护送方负责")
    if transport.escorted_by == EscortedBy.FAMILY:
        why = _("家属护送，转入方签收前由转出机构负责")
    return _at(carrier, transport.departed_at, why, transport.escort, transport.escort_phone)


def minutes_late(transport: Journey) -> int | None:
    """Return by how many minutes the patient is later than planned; None while in time or without a plan."""
    due = transport.planned_departure if transport.state == State.PLANNED else transport.expected_arrival
    if due is None or not transport.open:
        return None
    late = int(((transport.arrived_at or clock.now()) - due).total_seconds() // 60)
    return late if late > 0 else None


def _at(institution_id: int | None, since: datetime | None, why: str, person: str = "", phone: str = "") -> Responsible:
    place = known.institution(institution_id) if institution_id else None
    return Responsible(institution_id, str(place or ""), person, phone, since, why)
