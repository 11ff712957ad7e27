"""Who has looked at a patient's records: across institutions, for the patient; looking at it is recorded too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import actions, object_kinds
from yilian.kernel.audit import record as note
from yilian.kernel.workflow.case_type import case_types
from yilian.registry import known
from yilian.registry.models import Patient

MOST = 100
MAY_LOOK = ("doctor", "reception", "registrar", "quality", "auditor")


@dataclass(frozen=True)
class Look:
    """One reading: when, from where, who, what was done to which kind of thing, and on what ground."""

    at: datetime
    institution: str
    person: str
    action: str
    what: str
    ground: str


def lookers(patient: Patient, *, by: Actor, before: datetime | None = None, printed: bool = False) -> list[Look]:
    """Return the newest readings of a patient's records before a moment, and record that somebody asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select at, institution_id, person, action, object_kind, ground "
            "from records_lookers(%s::uuid, %s::timestamptz, %s::int)",
            [patient.pk, before or clock.now(), MOST],
        )
        rows = cursor.fetchall()
    action = "printed" if printed else "viewed"
    note(by, action, object_kind="access_list", object_id=patient.pk, detail={"rows": len(rows)})
    return [_look(*row) for row in rows]


def _look(at: datetime, institution_id: int | None, person: str, action: str, kind: str, ground: str) -> Look:
    place: Any = known.institution(institution_id) if institution_id else None
    done, thing = actions.get(action), object_kinds.get(kind) or case_types.get(kind)
    return Look(
        at, str(place or _("（未知机构）")), person or _("系统"), str(done.title) if done else action,
        str(thing.title) if thing else kind, ground,
    )  # fmt: skip
