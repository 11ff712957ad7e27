"""The list of who has looked, on paper."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.records.lookers import Look
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.rendering import Face, render
from yilian.registry.models import Patient

TEMPLATE = Path(__file__).parent / "typst" / "lookers.typ"


def lookers_paper(patient: Patient, looks: Sequence[Look], *, by: Actor) -> bytes:
    """Return the PDF that is handed to the patient: who read what, when and on what ground. It has no number."""
    with translation.override(settings.LANGUAGE_CODE):
        now = clock.local(clock.now())
        face = Face(_("病历调阅清单"), "", by.institution_name, now.date().isoformat(), settings.PUBLIC_URL)
        rows = [
            [f"{clock.local(look.at):%Y-%m-%d %H:%M}", look.institution, look.person, f"{look.action} {look.what}",
             look.ground]
            for look in looks
        ]  # fmt: skip
        data: dict[str, Any] = {
            "patient": patient.name, "identity": patient.identity_masked, "rows": rows,
            "at": f"{now:%Y-%m-%d %H:%M}", "by": by.name,
        }  # fmt: skip
    (pdf,) = render(TEMPLATE, face, data)
    return pdf
