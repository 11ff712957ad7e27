"""Obligations that were not kept: once told, to those in charge where they are owed and where they are watched."""

import logging
from datetime import date
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.models import Post
from yilian.kernel.access.roles import roles
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.models import BrokenObligation
from yilian.kernel.deadlines.standing import Standing, State, standings
from yilian.kernel.notices.telling import tell

logger = logging.getLogger(__name__)
KIND = "deadline"


def tell_of_broken(on: date | None = None) -> int:
    """Go through every institution where somebody works and tell what is newly broken; return how much was told.

    One faulty institution does not stop the others; their errors are raised together at the end (ExceptionGroup).
    """
    day = on or clock.today()
    told, faults = 0, []
    with translation.override(settings.LANGUAGE_CODE):
        for institution_id, name in _places(day):
            actor = system_actor(_("系统时钟"), institution_id, name)
            try:
                with scope(actor):
                    told += sum(_told_now(item, actor) for item in _broken(institution_id, day))
            except Exception as fault:
                logger.exception("obligations of %s", institution_id)
                faults.append(fault)
    if faults:
        raise ExceptionGroup("broken obligations", faults)
    return told


def _places(on: date) -> list[tuple[int, str]]:
    """Return the institutions where somebody holds a post on a day."""
    posts = Post.objects.filter(Q(until_on=None) | Q(until_on__gte=on), since_on__lte=on)
    model = cast(Any, apps.get_model(settings.INSTITUTION_MODEL))
    return list(model.objects.filter(pk__in=posts.values("institution")).order_by("pk").values_list("pk", "name"))


def _broken(institution_id: int, on: date) -> list[Standing]:
    return [item for item in standings(institution_id, on) if item.state == State.BROKEN]


def _told_now(item: Standing, actor: Actor) -> bool:
    """Tell the heads of the actor's institution, once for each last day."""
    _row, is_new = BrokenObligation.objects.get_or_create(
        institution_id=actor.institution_id, key=item.obligation.key, subject=item.subject.id, last_day=item.last_day,
        defaults={"at": clock.now()},
    )  # fmt: skip
    if is_new:
        words = _("「{title}」应于 {day} 前完成，至今没有凭据（{who}），请办理或督促；见义务日历")
        text = words.format(title=item.obligation.title, day=item.last_day, who=item.subject.label)
        heads = sum(role.mask for role in roles if role.hears_delays)
        tell(None, actor.institution_id, heads, text, by=actor, kind=KIND)
    return is_new
