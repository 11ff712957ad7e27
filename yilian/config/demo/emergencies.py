"""Consents and emergency readings of the demo: one consent stands, one is withdrawn; one reading awaits its review."""

from datetime import datetime, timedelta

from yilian.config.demo.playing import Stage
from yilian.domains.records.consents import Terms, give_consent, withdraw_consent
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case, take
from yilian.registry.models import Patient

READER = "first"
WHY = {
    "emergency_reason": "unconscious",
    "circumstances": "夜间急诊送医，意识不清，家属未到，须了解既往用药与过敏史。",
}


def bring_consents_and_emergencies(stage: Stage) -> None:
    """Let two patients consent to the city hospital's reading, one of them withdraw, and break the glass for a third.

    Of patients whom the city hospital knows; a very small city may have none of them.
    """
    if READER not in stage.places:
        return
    reader = stage.person(stage.places[READER].pk)
    known = _known_to(stage, reader)
    for place, (patient, home) in enumerate(known[:2]):
        _consent(stage, patient, home, reader, withdraws=place == 1)
    for patient, _home in known[2:3]:
        _break_glass(patient, reader, stage.now - timedelta(hours=5))


def _known_to(stage: Stage, reader: Actor) -> list[tuple[Patient, Actor]]:
    """Return a few grown-up patients whom the reader knows, with the doctor of the place that registered them."""
    found = []
    for home, keys in stage.patients.items():
        if home == READER:
            continue
        with scope(reader):
            rows = Patient.objects.filter(pk__in=keys, guardian_name="", is_deceased=False).order_by("pk")[:1]
            found += [(row, stage.person(stage.places[home].pk)) for row in rows]
    return found


def _consent(stage: Stage, patient: Patient, by: Actor, reader: Actor, *, withdraws: bool) -> None:
    at = stage.now - timedelta(days=20)
    with clock.standing_at(at), scope(by):
        today = clock.today()
        terms = Terms((), [reader.institution_id], today, today + timedelta(days=180), patient.name, "0", by.name)
        consent = give_consent(patient, terms, by=by)
    if withdraws:
        with clock.standing_at(at + timedelta(days=9)), scope(by):
            withdraw_consent(consent, by=by, reason="患者来院要求撤回")


def _break_glass(patient: Patient, by: Actor, at: datetime) -> None:
    with clock.standing_at(at), scope(by):
        case = open_case("breakglass", by=by, answers={"patient": patient.pk, **WHY})
        take(case, "break", by=by)
