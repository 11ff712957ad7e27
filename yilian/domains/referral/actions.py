"""Writes that touch more than one case: the follow-up of a return, and the return itself."""

from datetime import date
from typing import Any

from django.db import transaction

from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.referral.vocabulary import Destination, Direction, Priority
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow import parties
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.models import Case

RETURNS, FOLLOWS_UP = "returns", "follows_up"
TASK = "了解病情与用药，评估恢复情况"


@transaction.atomic
def open_followup(referral: Referral, *, due_on: date, by: Actor) -> FollowUp:
    """Open the follow-up task of a down-referral for the institution that takes the patient over.

    The institution that sent the patient sees it as requester.
    """

    def attach(case: Case) -> None:
        FollowUp.objects.filter(pk=case.pk).update(down_referral_id=referral.pk)
        parties.join(case, referral.sender_id, "requester")
        link(case, referral, FOLLOWS_UP)

    answers = {"patient": referral.patient_id, "task": referral.followup_task or TASK, "due_on": due_on}
    return open_case("followup", by=by, answers=answers, then=attach)  # type: ignore[return-value]


@transaction.atomic
def draft_return(origin: Referral, *, by: Actor) -> Referral:
    """Draft the down-referral that brings the patient of `origin` back to where they came from, filled from it.

    Raises OpeningRefused or NotYours.
    """

    def attach(case: Case) -> None:
        Referral.objects.filter(pk=case.pk).update(origin_id=origin.pk)
        link(case, origin, RETURNS)

    return open_case("referral", by=by, answers=return_answers(origin), then=attach)  # type: ignore[return-value]


def return_answers(origin: Referral) -> dict[str, Any]:
    """Return what the form of a return already knows from the referral it answers."""
    return {
        "patient": origin.patient_id,
        "direction": Direction.DOWN,
        "priority": str(Priority.ROUTINE),
        "destination": Destination.NETWORK,
        "receiver": origin.sender_id,
        "receiver_department": origin.sender_department_id,
        "diagnosis": origin.discharge_diagnosis or origin.diagnosis,
        "impression": (origin.discharge_summary or origin.impression)[:200],
        "past_history": origin.past_history,
        "allergies": origin.allergies,
        "results": origin.main_results,
        "treatment": origin.treatment_given,
        "care_plan": origin.next_plan,
        "record_number": origin.encounter_number,
        "other_diagnoses": origin.other_diagnoses,
    }
