"""Drafting the referral down: one press fills the form from what is known and packs the documents of the stay."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yilian.domains.inpatient import api as inpatient
from yilian.domains.records import api as records
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.models import Case
from yilian.reports.finder.suggesting import ALL, Finder, Place

REFERRAL = "referral"


def draft(stay_id: UUID, institution_id: int | None, *, seen: int | None, by: Actor) -> Case:
    """Open the draft of a referral down to a place that was suggested, with its package, and keep the decision.

    What nobody knows (plan, consent, transport) stays open for the doctor. Raises ValidationError, StaleFactsError,
    NotYours, OpeningRefused.
    """
    with transaction.atomic():
        row = inpatient.claim(stay_id, seen, by=by)
        stay = inpatient.read_stay(stay_id, by.institution_id)
        place = _place(stay_id, institution_id, by)
        assert stay is not None  # it is locked
        case = open_case(REFERRAL, by=by, answers=_answers(stay, place))
        inpatient.note_draft(row, case, place.institution_id, by=by)
        since = timezone.make_aware(datetime.combine(stay["admitted_on"], time.min))
        records.pack_own(case, since=since, by=by)
    return case


def _place(stay_id: UUID, institution_id: int | None, by: Actor) -> Place:
    found = Finder(by).find([stay_id], most=ALL).get(stay_id, [])
    chosen = next((place for place in found if place.institution_id == institution_id), None)
    if chosen is None:
        raise ValidationError({"place": [_("请从建议的机构中选择一家")]})
    return chosen


def _answers(stay: dict[str, Any], place: Place) -> dict[str, Any]:
    met = [key for key, mark in stay["marks"].items() if mark["is_met"]]
    return {
        "patient": stay["patient"], "direction": "down", "priority": "3", "destination": "network",
        "receiver": place.institution_id, "receiver_department": place.department_id, "service": place.service_id,
        "diagnosis": stay["diagnosis"], "impression": stay["diagnosis_name"], "record_number": stay["number"],
        "indications": met, **stay["answers"],
    }  # fmt: skip
