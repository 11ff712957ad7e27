"""Short ways to tell stories of shared records: issuing a document, and asking whether somebody reads it."""

from datetime import timedelta
from typing import Any

from django.test import Client

from yilian.domains.records import reading
from yilian.domains.records.issuing import Facts, issue_record
from yilian.domains.records.models import Record
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.registry.models import Patient

POTASSIUM = {"name": "血钾", "value": "3.10", "unit": "mmol/L", "low": "3.5", "high": "5.3"}


def facts(kind: str = "laboratory", **changes: Any) -> Facts:
    """Return a good document of this kind."""
    text = {"laboratory": {"tests": "电解质"}, "discharge": {"course": "补液治疗"}}.get(kind, {})
    said: dict[str, Any] = {
        "kind": kind, "title": "检验单", "practitioner": "检验者", "effective_at": clock.now() - timedelta(days=3),
        "sections": text,
    }  # fmt: skip
    return Facts(**{**said, **changes})


def issued(patient: Patient, by: Actor, **changes: Any) -> Record:
    """Issue a document of the patient as somebody."""
    with scope(by):
        return issue_record(facts(**changes), patient_id=patient.pk, by=by)


def reads(actor: Actor, record: Record) -> str:
    """Return the ground on which somebody opens a document, or an empty text."""
    with scope(actor):
        try:
            return reading.open_record(record.pk, by=actor).ground
        except (reading.RecordUnknown, reading.GroundEnded):
            return ""


def browser(actor: Actor) -> Client:
    """Return a browser in which somebody has logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), backend="yilian.kernel.access.logins.PasswordBackend")
    return client
