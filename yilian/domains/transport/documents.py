"""The official paper of a transport: 转运交接单, which travels with the patient and is signed at both ends."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.transport import asks
from yilian.domains.transport.flow import RECEIVER, SENDER
from yilian.domains.transport.models import Journey
from yilian.domains.transport.vocabulary import State
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.pages.person_words import age, sex_title
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.models import Case

TEMPLATE = Path(__file__).parent / "typst" / "handover.typ"
SIGNS = ("pulse", "respiration", "systolic", "diastolic", "oxygen")
CODED: dict[str, Ask] = {ask.name: ask for ask in (*asks.DEPARTING, *asks.SIGNING)}


def of_transport(case: Case) -> dict[str, Any]:
    """Return what 转运交接单 says: known answers as words, everything else left open to be written by hand."""
    journey = _whole(case)
    patient: Any = journey.patient
    said = ("situation", "background", "assessment", "recommendation", "differences", "requirements", "signed_by")
    return {
        "case": journey.number,
        "patient": {
            "name": patient.name, "sex": sex_title(patient.sex), "age": age(patient.birth_on),
            "identity": patient.identity_masked,
        },
        "referral": journey.referral_case.number if journey.referral_case else "",
        "sender": str(journey.sender or ""), "receiver": str(journey.receiver or ""),
        "mode": journey.get_mode_display(), "vehicle": " ".join(filter(None, (journey.vehicle, journey.driver))),
        "escorted_by": journey.get_escorted_by_display(),
        "escort": " ".join(filter(None, (journey.escort, journey.escort_phone))),
        "departed": _moment(journey.departed_at), "expected": _moment(journey.expected_arrival),
        "arrived": _moment(journey.arrived_at), "signed": _moment(journey.signed_at),
        "checked": _titles("checked", journey.checked), "unchecked": journey.unchecked_note,
        "handed": _titles("items_handed", journey.items_handed),
        "received": _titles("items_received", journey.items_received),
        "signs_out": _signs(journey, "out"), "signs_in": _signs(journey, "in"),
        **{name: getattr(journey, name) for name in said},
    }  # fmt: skip


def no_paper(case: Case, actor: Actor) -> str:
    """Say why there is no paper: nobody is named who travels."""
    return "" if _whole(case).patient_id else _("请先选择患者")


def _whole(case: Case) -> Journey:
    return case if isinstance(case, Journey) else Journey.objects.get(pk=case.pk)


def _moment(at: Any) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else ""


def _titles(name: str, codes: list[str]) -> str:
    titles = {str(key): str(title) for key, title in CODED[name].choices}
    return "、".join(titles.get(code, code) for code in codes)


def _signs(journey: Journey, prefix: str) -> str:
    """Return the vital signs that are known, each with its unit, and the consciousness at departure."""
    found = [str(journey.get_consciousness_display())] if prefix == "out" and journey.consciousness else []
    for name in SIGNS:
        value = getattr(journey, f"{prefix}_{name}")
        if value is not None:
            found.append(f"{CODED[f'{prefix}_{name}'].title} {value}")
    return "，".join(found)


papers.add(
    Paper(
        "transport.handover", "transport", gettext_lazy("转运交接单"), TEMPLATE, of_transport,
        "运〔{year}〕{serial:05d}号", (SENDER, RECEIVER), lapses_in=(State.CANCELLED,), unfit=no_paper,
    )
)  # fmt: skip
