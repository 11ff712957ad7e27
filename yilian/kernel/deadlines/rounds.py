"""The clock's round: what is over lapses, what is soon or long over is told.

A round may run twice or stop half-way: each case is dealt with in a transaction of its own that first looks again.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.due_cases import DueCase, at_stage, to_lapse
from yilian.kernel.deadlines.models import DeadlineStage, Stage
from yilian.kernel.deadlines.reminding import offsets, remind
from yilian.kernel.notices import urging
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.engine import take
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.refusals import Refused

logger = logging.getLogger(__name__)


def go_round() -> int:
    """Deal with everything that is due at this moment and return how many cases were touched.

    One faulty case does not stop the others; their errors are raised together at the end (ExceptionGroup).
    """
    moment = clock.now()
    faults: list[Exception] = []
    with translation.override(settings.LANGUAGE_CODE):
        touched = _each(to_lapse(moment), _lapse, faults)
        for stage, offset in offsets().items():
            touched += _each(at_stage(stage, moment, moment + offset), _reminder(stage), faults)
        touched += _escalate_urges(moment, faults)
    if faults:
        raise ExceptionGroup("the clock's round", faults)
    return touched


def _each(due: Iterable[DueCase], deal: Callable[[DueCase, Actor], bool], faults: list[Exception]) -> int:
    touched = 0
    for item in due:
        actor = _clock_at(item.institution_id)
        try:
            with scope(actor):
                touched += deal(item, actor)
        except Exception as fault:
            logger.exception("case %s", item.case_id)
            faults.append(fault)
    return touched


def _escalate_urges(moment: datetime, faults: list[Exception]) -> int:
    """Tell those in charge of what was urged and still stands."""
    touched = 0
    for urge_id, institution_id in urging.to_escalate(moment):
        actor = _clock_at(institution_id)
        try:
            with scope(actor):
                touched += urging.escalate(urge_id, by=actor)
        except Exception as fault:
            logger.exception("urge %s", urge_id)
            faults.append(fault)
    return touched


def _lapse(item: DueCase, actor: Actor) -> bool:
    """Take the lapse step unless the case has moved on; a refusal is noted and tried again later."""
    case = _still_due(item)
    deadline = case.case_type.flow.deadline_of(case.state) if case else None
    if case is None or deadline is None or deadline.lapse is None:
        return False
    try:
        take(case, deadline.lapse, by=actor)
    except Refused as refused:
        logger.warning("case %s cannot %s: %s", case.number, deadline.lapse, refused)
        DeadlineStage.objects.update_or_create(
            case_id=item.case_id, due=item.due, stage=Stage.STUCK, defaults={"at": clock.now()}
        )
    return True


def _reminder(stage: Stage) -> Callable[[DueCase, Actor], bool]:
    def deal(item: DueCase, actor: Actor) -> bool:
        case = _still_due(item)
        return case is not None and remind(case, stage, by=actor)

    return deal


def _still_due(item: DueCase) -> Case | None:
    """Lock the case and return it if its due date is still the one that was found."""
    locked = Case.objects.select_for_update(no_key=True).filter(pk=item.case_id, due=item.due, open=True).first()
    return locked and case_types[item.kind].model._default_manager.get(pk=item.case_id)


def _clock_at(institution_id: int) -> Actor:
    model = cast(Any, apps.get_model(settings.INSTITUTION_MODEL))
    name = model.objects.filter(pk=institution_id).values_list("name", flat=True).first() or ""
    return system_actor(_("系统时钟"), institution_id, name)
