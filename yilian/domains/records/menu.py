"""What this domain adds to a patient's page."""

from django.utils.translation import gettext as _

from yilian.domains.records.reading import READERS
from yilian.kernel.access.actor import Actor
from yilian.registry.models import Patient
from yilian.registry.pages.patients import links


def health_record(actor: Actor, patient: Patient) -> tuple[str, str] | None:
    """Return the way to the patient's documents for those who read them."""
    return (_("患者档案"), f"/patients/{patient.pk}/records/") if actor.may(*READERS) else None


def declare() -> None:
    """Add the documents to the page of a patient."""
    links.append(health_record)
