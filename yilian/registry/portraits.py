"""What a case's page tells of the patient it is about, beside the name: masked, and only what is known."""

from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.facts import portraits
from yilian.kernel.pages.person_words import age, sex_title
from yilian.registry.codes.search import named
from yilian.registry.models import Patient
from yilian.registry.models.patient import CardKind
from yilian.registry.patients.cards import cards_of


def of_patient(patient: Patient, actor: Actor) -> list[tuple[str, str]]:
    """Return (title, text) of what one wants to know before treating somebody."""
    insurance: Any = named("insurance", patient.insurance) if patient.insurance else None
    cards = cards_of(patient)
    return [
        (_("性别"), sex_title(patient.sex)),
        (_("年龄"), age(patient.birth_on)),
        (_("出生日期"), patient.birth_on.isoformat() if patient.birth_on else ""),
        (_("证件号码"), patient.identity_masked),
        (_("联系电话"), patient.phone_masked),
        (_("居住地"), str(patient.region) if patient.region_id else ""),
        (_("医疗付费方式"), insurance.name if insurance else ""),
        (str(CardKind.INSURANCE.label), cards[CardKind.INSURANCE]),
        (str(CardKind.ARCHIVE.label), cards[CardKind.ARCHIVE]),
        (_("监护人"), patient.guardian_name),
    ]


portraits["patient"] = of_patient
