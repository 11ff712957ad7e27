"""Writing what authorities hold against an institution: recording a sanction, ending it, taking back a wrong entry."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry.audited import audit
from yilian.registry.models import Institution, Sanction, SanctionChange
from yilian.registry.models.standing import SanctionEvent
from yilian.registry.writing import Faults


def record_sanction(*, by: Actor, institution: Institution, **facts: Any) -> Sanction:
    """Record a sanction with its kind, issuing body and day. Raises ValidationError."""
    sanction = Sanction(institution=institution, **facts)
    faults = Faults()
    if sanction.issued_on and sanction.issued_on > clock.today():
        faults.add("issued_on", _("作出日期晚于今天"))
    _lifts_after(sanction, faults)
    faults.of(sanction)
    faults.refuse()
    with transaction.atomic():
        sanction.save(force_insert=True)
        _note(sanction, SanctionEvent.RECORDED, by, sanction.issued_on)
        audit(by, "registered", sanction)
    return sanction


def lift_sanction(sanction: Sanction, *, by: Actor, on: date, ground: str) -> None:
    """Let a sanction end on a day, past or to come, for a reason; a later word replaces an earlier day.

    The history keeps both. Raises ValidationError.
    """
    with transaction.atomic():
        row = _open(sanction, ground)
        row.lifted_on = on
        faults = Faults()
        _lifts_after(row, faults)
        faults.refuse()
        row.save(update_fields=["lifted_on"])
        _note(row, SanctionEvent.LIFTED, by, on, ground)
        audit(by, "changed", row, ground=ground.strip(), detail={"facts": ["lifted_on"]})


def void_sanction(sanction: Sanction, *, by: Actor, ground: str) -> None:
    """Mark a sanction as entered in error: it counts for nothing from then on, and stays readable.

    What was meant is recorded anew. Raises ValidationError.
    """
    with transaction.atomic():
        row = _open(sanction, ground)
        row.is_error = True
        row.save(update_fields=["is_error"])
        _note(row, SanctionEvent.ERROR, by, clock.today(), ground)
        audit(by, "changed", row, ground=ground.strip(), detail={"facts": ["is_error"]})


def _open(sanction: Sanction, ground: str) -> Sanction:
    """Return the row, locked, if its record may still change."""
    row = Sanction.objects.select_for_update().get(pk=sanction.pk)
    faults = Faults()
    if row.is_error:
        faults.add("ground", _("这条处罚记录已标记为误录，不再变更"))
    if not ground.strip():
        faults.add("ground", _("请写明依据"))
    faults.refuse()
    return row


def _lifts_after(sanction: Sanction, faults: Faults) -> None:
    if sanction.lifted_on and sanction.issued_on and sanction.lifted_on < sanction.issued_on:
        faults.add("lifted_on", _("解除日期早于作出日期"))


def _note(sanction: Sanction, event: SanctionEvent, by: Actor, on: date, ground: str = "") -> None:
    SanctionChange.objects.create(
        sanction=sanction,
        event=event,
        effective_on=on,
        ground=ground.strip(),
        by_name=by.name,
        by_institution=by.institution_name,
        user_id=by.user_id,
        at=clock.now(),
    )
