"""What follows from an end: the patient has died, is treated elsewhere, or will not come (docs/adr/0044)."""

from django.utils.translation import gettext as _

from yilian.domains.referral import actions, tasks
from yilian.domains.referral.actions_on_others import DIED, ELSEWHERE, ENDED
from yilian.domains.referral.vocabulary import EncounterClass, Outcome
from yilian.kernel.rules.reasons import reason
from yilian.kernel.workflow.moment import Moment
from yilian.registry.patients import change_patient

TREATED_ELSEWHERE = ("treated_elsewhere", "hospitalised")


def note_outcome(moment: Moment) -> None:
    """A patient who died in care is marked so, and what else was arranged for them ends."""
    if moment.answers.get("outcome") == Outcome.DIED:
        _died(moment)
    else:
        _nobody_died(moment)


def heed_reason(moment: Moment) -> None:
    """What a coded reason means beyond this case: death, the end of every arrangement, treatment elsewhere."""
    for ask in moment.step.asks:
        code = moment.answers.get(ask.name) if ask.kind == "reason" else None
        if not code:
            continue
        row = reason(ask.source, code)
        if code == Outcome.DIED:
            _died(moment)
            continue
        _nobody_died(moment)
        if row and row.cancels_all:
            _others(moment, ENDED)
        elif code in TREATED_ELSEWHERE:
            _others(moment, ELSEWHERE)


def note_admission(moment: Moment) -> None:
    """Who lies in a ward now may not need, or not be able, to come elsewhere."""
    if moment.answers.get("encounter_class") == EncounterClass.INPATIENT:
        _others(moment, ELSEWHERE)


def drop_followups(moment: Moment) -> None:
    """A return that comes to nothing here leaves no follow-up behind."""
    if moment.case.is_down:
        actions.drop_followups(moment.case)


def close_with_cause(moment: Moment) -> None:
    """Keep why the system closed the case, as its reason."""
    moment.set(
        status_reason=moment.answers.get("cause", "")[:40], status_reason_name=moment.answers.get("cause_title", ""),
        status_note="",
    )  # fmt: skip


def withdraw_death(moment: Moment) -> None:
    """The case says no longer that the patient died."""
    moment.set(died_on=None)
    if moment.case.status_reason == Outcome.DIED:
        moment.set(status_reason="corrected", status_reason_name=_("死亡系误登，已更正"))


def correct_death(moment: Moment) -> None:
    """Undo what a death recorded in error did: the patient lives, and those whose cases were closed hear of it."""
    patient = moment.case.patient
    if patient is not None and patient.is_deceased:
        change_patient(patient, by=moment.actor, is_deceased=False, deceased_on=None)
    tasks.tell_of_error.defer(cause_id=str(moment.case.pk))


def _died(moment: Moment) -> None:
    patient = moment.case.patient
    if patient is not None and not patient.is_deceased:
        change_patient(patient, by=moment.actor, is_deceased=True, deceased_on=moment.answers.get("died_on"))
    _others(moment, DIED)


def _nobody_died(moment: Moment) -> None:
    if moment.answers.get("died_on"):
        moment.set(died_on=None)  # a day without a death says nothing


def _others(moment: Moment, how: str) -> None:
    if moment.case.patient_id is not None:
        tasks.settle_others.defer(cause_id=str(moment.case.pk), how=how)
