"""The card of a case with the documents that travel with it."""

from typing import Any

from yilian.domains.records import packing
from yilian.domains.records.reading import READERS
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.concealing import is_concealed
from yilian.kernel.workflow.models import Case


def package_card(case: Case, actor: Actor) -> dict[str, Any] | None:
    """Return the package of the case as this actor may see it, and the way to the patient's documents."""
    if case.patient_id is None:
        return None
    may_read = actor.may(*READERS) and not is_concealed(case)
    return {"contents": packing.contents(case), "patient": case.patient_id, "may_read": may_read}


def emergency_card(case: Any, actor: Actor) -> dict[str, Any]:
    """Return until when the documents are open to the reader, and when the review is due."""
    is_reader = case.reader_id == actor.institution_id
    return {
        "case": case,
        "opens": is_reader and actor.may(*READERS) and case.opened_until and case.opened_until > clock.now(),
        "is_over": bool(case.opened_until and case.opened_until <= clock.now()),
        "is_late": case.open and case.review_on is not None and case.opened_until is not None
        and case.review_on < clock.today(),
    }  # fmt: skip
