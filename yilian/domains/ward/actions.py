"""Writes that touch more than one case: a round of a ward, and a note of a round."""

from collections.abc import Mapping
from typing import Any

from yilian.domains.ward.models import SharedWard, WardNote, WardRound
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow import parties
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.models import Case

ROUND_OF, NOTE_OF = "round_of", "note_of"


def plan_round(ward: SharedWard, answers: Mapping[str, Any], *, by: Actor) -> WardRound:
    """Open a round of a shared ward; the visitor takes part, the offices over the ward watch it.

    Raises OpeningRefused or NotYours.
    """
    return _open("wardround", answers, {"ward_case_id": ward.pk}, (ward, ROUND_OF), by=by)  # type: ignore[return-value]


def list_patient(ward_round: WardRound, answers: Mapping[str, Any], *, by: Actor) -> WardNote:
    """Put a patient on the list of a round: a note that both institutions of the round read, and nobody else."""
    about = answers.get("inpatient")
    given = {"patient": about, "bed": answers.get("bed"), "reason": answers.get("reason") or ""}
    fixed = {"round_case_id": ward_round.pk, "about": about, "priority": ward_round.priority}
    return _open("wardnote", given, fixed, (ward_round, NOTE_OF), by=by)  # type: ignore[return-value]


def _open(kind: str, given: Mapping[str, Any], fixed: dict[str, Any], of: tuple[Any, str], *, by: Actor) -> Case:
    origin, relation = of
    fixed |= {"visitor_id": origin.visitor_id, "consortium_id": origin.consortium_id}

    def attach(case: Case) -> None:
        type(case)._default_manager.filter(pk=case.pk).update(**fixed)
        for name, value in fixed.items():
            setattr(case, name, value)
        parties.convene(case)
        link(case, origin, relation)

    return open_case(kind, by=by, answers=given, then=attach, along=True)
