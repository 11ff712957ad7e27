"""Writes that touch more than one case: the follow-up of a return, and the return itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yilian.domains.referral.approval import approval_of
from yilian.domains.referral.form import CONSENTING
from yilian.domains.referral.models import Countersign, FollowUp, OwedConsent, Referral
from yilian.domains.referral.oversight import overseers
from yilian.domains.referral.vocabulary import Destination, Direction, Priority
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import parties
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case

RETURNS, FOLLOWS_UP, CONSENTS, APPROVES = "returns", "follows_up", "consents", "approves"
TASK = "了解病情与用药，评估恢复情况"


@transaction.atomic
def open_followup(referral: Referral, *, due_on: date, by: Actor) -> FollowUp:
    """Open the follow-up task of a down-referral for the institution that takes the patient over.

    The institution that sent the patient sees it as requester, the offices over the referral watch it.
    """

    def attach(case: Case) -> None:
        FollowUp.objects.filter(pk=case.pk).update(down_referral_id=referral.pk, consortium_id=referral.consortium_id)
        parties.join(case, referral.sender_id, "requester")
        for office in overseers(referral, {"sender": referral.sender_id, "receiver": by.institution_id})["office"]:
            parties.join(case, office, "office")
        link(case, referral, FOLLOWS_UP)

    answers = {"patient": referral.patient_id, "task": referral.followup_task or TASK, "due_on": due_on}
    return open_case("followup", by=by, answers=answers, then=attach)  # type: ignore[return-value]


def drop_followups(referral: Referral) -> None:
    """Let the system cancel the follow-up tasks of a return that came to nothing, in the name of who was to do them."""
    with scope(system_actor(_("系统"), referral.sender_id)):
        owed = list(FollowUp.objects.filter(down_referral_id=referral.pk, open=True).select_related("performer"))
    for task in owed:
        performer = system_actor(_("系统"), task.performer_id, str(task.performer))
        with scope(performer):
            take(task, "drop_task", by=performer, cause=referral.state, cause_title=referral.state_title)


@transaction.atomic
def draft_return(origin: Referral, *, by: Actor) -> Referral:
    """Draft the down-referral that brings the patient of `origin` back to where they came from, filled from it.

    Raises OpeningRefused or NotYours.
    """

    def attach(case: Case) -> None:
        Referral.objects.filter(pk=case.pk).update(origin_id=origin.pk)
        link(case, origin, RETURNS)

    return open_case("referral", by=by, answers=return_answers(origin, by), then=attach)  # type: ignore[return-value]


def return_answers(origin: Referral, by: Actor) -> dict[str, Any]:
    """Return what the form of a return already knows: from the referral it answers, and who writes it now."""
    asked_of = {ask.name: ask.initial(by) for ask in CONSENTING if ask.initial}
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
        **asked_of,
    }


@transaction.atomic
def owe_consent(referral: Referral, *, by: Actor) -> None:
    """Open the task of signing later, due when the referral says; the offices over the referral watch it."""
    consortium, due = referral.consortium_id, referral.consent_due_at

    def attach(case: Case) -> None:
        OwedConsent.objects.filter(pk=case.pk).update(emergency_id=referral.pk, consortium_id=consortium, due=due)
        taking_part = {"sender": referral.sender_id, "receiver": referral.receiver_id or referral.sender_id}
        for office in overseers(referral, taking_part)["office"]:
            parties.join(case, office, "office")
        link(case, referral, CONSENTS)

    open_case("consent", by=by, answers={"patient": referral.patient_id}, then=attach, along=True)


@transaction.atomic
def owe_approval(referral: Referral, *, waiver: str, by: Actor) -> None:
    """Open the task of approving what has left already, for those who approve in the sender's house."""
    facts = {"waived_id": referral.pk, "waiver": waiver, "route": approval_of(referral), "sent_by": by.user_id}

    def attach(case: Case) -> None:
        rows = Countersign.objects.filter(pk=case.pk)
        rows.update(consortium_id=referral.consortium_id, title=waiver, owed_until=case.due, **facts)
        taking_part = {"sender": referral.sender_id, "receiver": referral.receiver_id or referral.sender_id}
        for office in overseers(referral, taking_part)["office"]:
            parties.join(case, office, "office")
        link(case, referral, APPROVES)

    open_case("countersign", by=by, answers={"patient": referral.patient_id}, then=attach, along=True)


def sign_consent(referral: Referral, *, by: Actor, answers: Mapping[str, Any]) -> None:
    """Sign on the referral what was owed. Raises StepRefused."""
    take(referral, "sign_consent", by=by, **answers)


def close_owed_consents(referral: Referral, verb: str) -> None:
    """Let the clock close what is still owed for a referral, whoever took the step that made it so.

    Nobody but the sender and its offices see the task, so it is done in the sender's name.
    """
    clock_there = system_actor(_("系统"), referral.sender_id, str(referral.sender))
    with scope(clock_there):
        for owed in OwedConsent.objects.filter(emergency_id=referral.pk, open=True):
            take(owed, verb, by=clock_there)
