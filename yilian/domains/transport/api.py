"""The door for other parts of the program: plain values in, plain values out, in the scope of whoever asks."""

from typing import Any

from yilian.domains.transport.case_type import transport_type
from yilian.domains.transport.models import Journey
from yilian.domains.transport.responsible import minutes_late, responsible_for
from yilian.domains.transport.vocabulary import BETWEEN, State
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.queries import Row

MOST = 200
SHOWN = tuple(map(str, (*BETWEEN, State.PLANNED)))


def on_the_way(actor: Actor) -> list[dict[str, Any]]:
    """Return the patients between two hospitals now, and those who should have left, that the actor's institution sees.

    Each is {id, referral, number, state_key, state, tone, patient, sex, birth_on, from, to, how, responsible, person,
    phone, why, since, expected, due, late, changes}: `late` in minutes against plan or None, `patient` None where the
    reader does not know them. The latest first.
    """
    narrow = queries.Filter(states=SHOWN, is_open=True, order=queries.BY_DUE, limit=MOST)
    rows = {row["id"]: row for row in queries.newest(transport_type, actor, narrow)}
    found = [_line(journey, rows[journey.pk]) for journey in Journey.objects.filter(pk__in=rows)]
    waiting = [line for line in found if line["state_key"] != State.PLANNED or line["late"]]
    return sorted(waiting, key=lambda line: (-(line["late"] or 0), line["number"]))


def _line(journey: Journey, row: Row) -> dict[str, Any]:
    who, is_waiting = responsible_for(journey), journey.state == State.PLANNED
    return {
        "id": journey.pk, "referral": journey.referral_case_id, "number": journey.number,
        "state_key": journey.state, "state": journey.state_title, "tone": journey.tone,
        "patient": row["patient_label"], "sex": row["patient_sex"], "birth_on": row["patient_birth_on"],
        "from": row["sender_label"], "to": row["receiver_label"], "how": journey.title,
        "responsible": who.institution, "person": who.person, "phone": who.phone, "why": who.why,
        "since": journey.planned_departure if is_waiting else journey.departed_at,
        "expected": journey.expected_arrival,
        "due": journey.planned_departure if is_waiting else journey.expected_arrival,
        "late": minutes_late(journey), "changes": journey.changes,
    }  # fmt: skip
