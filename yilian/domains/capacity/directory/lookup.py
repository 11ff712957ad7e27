"""The look-up behind the question for a service: those that fit the receiver, the direction and the patient's age."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yilian.domains.capacity.directory.searching import Line, Wish, search
from yilian.domains.capacity.models import Direction, Service
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.lookups import Found, Lookup, lookups
from yilian.registry import known
from yilian.registry.models import Patient

KEY, MOST = "service", 20


def _label(service: Service) -> str:
    return f"{service.name}（{service.institution}）"


def _found(line: Line) -> Found:
    away = "" if line.distance is None else f"{line.distance:.0f} km"
    parts = (str(line.service.department), line.together, away, _waited(line), "、".join(line.service.direction_titles))
    hint = " · ".join(part for part in parts if part)
    return Found(line.service.pk, _label(line.service), hint)


def _waited(line: Line) -> str:
    """Return the computed wait, as it helps to choose; "" where nothing is known."""
    median = line.wait.offer_median if line.wait else None
    return "" if median is None else _("等候约 {days} 天").format(days=f"{median.normalize():f}")


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return open services of others; `context` may name the receiver, the direction and the patient."""
    receiver, direction = context.get("receiver", ""), context.get("direction", "")
    wish = Wish(
        text=text,
        direction=direction if direction in Direction.values else "",
        institution_id=int(receiver) if receiver.isdecimal() and len(receiver) < 10 else None,
        age=age_of(_patient(context.get("patient", ""))),
    )
    return [_found(line) for line in search(actor, wish)[:MOST]]


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    text = str(value)
    key = int(text) if text.isdecimal() and len(text) < 10 else None
    row = Service.objects.select_related("institution").filter(pk=key, is_on=True).first() if key else None
    return Found(row.pk, _label(row), str(row.institution)) if row else None


def _patient(text: str) -> Patient | None:
    try:
        return known.patient(UUID(text))
    except ValueError:
        return None


def age_of(patient: Patient | None) -> int | None:
    """Return the age in whole years today; None for a patient whose birth date is unknown."""
    if patient is None or patient.birth_on is None:
        return None
    today, born = clock.today(), patient.birth_on
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


lookups.add(Lookup(KEY, _search, _resolve))
