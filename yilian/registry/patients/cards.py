"""Numbers of cards: of the health insurance, of the health record kept near home; sealed as documents are."""

from yilian.kernel import rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.registry.models import Patient
from yilian.registry.models.patient import CardKind, PatientIdentifier
from yilian.registry.patients.numbers import identity_digest
from yilian.registry.patients.registering import add_identifier


def note_card(patient: Patient, *, by: Actor, kind: CardKind, number: str) -> bool:
    """Give a patient a card's number and say whether it was new. Raises ValidationError."""
    with scope(by):
        if patient.identifiers.filter(kind=kind, digest=identity_digest(number)).exists():
            return False
        add_identifier(patient, by=by, kind=kind.value, number=number)
        return True


def cards_of(patient: Patient) -> dict[str, str]:
    """Return the masked numbers of a patient's cards by kind; several of one kind stand side by side."""
    found: dict[str, str] = dict.fromkeys(CardKind.values, "")
    for card in rows.where(PatientIdentifier, "patient_id = %s and kind = any(%s) order by id", [patient.pk, [*found]]):
        found[card.kind] = f"{found[card.kind]}、{card.masked}" if found[card.kind] else card.masked
    return found
