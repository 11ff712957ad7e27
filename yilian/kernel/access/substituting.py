"""Substitutes: a person lets a colleague act on their behalf, at one institution, from day to day.

What is done so is recorded under the substitute's own name with `on_behalf_of`. It ends by date, earlier when the
person ends it, and at once when either of the two has no post there any more.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Deputy, Post, User

LONGEST = timedelta(days=366)


def people_at(institution_id: int) -> QuerySet[User]:
    """Return who holds a post at an institution today and can log in."""
    held = Post.objects.current(clock.today()).filter(institution_id=institution_id)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("full_name", "pk")


def colleagues_of(actor: Actor) -> QuerySet[User]:
    """Return who else holds a post at the actor's institution today."""
    return people_at(actor.institution_id).exclude(pk=actor.user_id or 0)


def given_by(actor: Actor) -> list[Deputy]:
    """Return whom this person has named here for today and later."""
    return list(
        deputyships_at(actor.institution_id).filter(principal_id=actor.user_id).select_related("deputy", "named_by")
    )


def held_by(actor: Actor) -> list[Deputy]:
    """Return for whom this person may act here today."""
    today = clock.today()
    rows = (
        deputyships_at(actor.institution_id)
        .filter(deputy_id=actor.user_id, since_on__lte=today)
        .select_related("principal")
    )
    return [row for row in rows if _has_post(row.principal_id, actor.institution_id, today)]


def name_substitute(*, by: Actor, deputy_id: int, since_on: date, until_on: date) -> Deputy:
    """Let a colleague act for the actor between two days. Raises ValidationError by field."""
    if by.user_id is None:
        raise ValidationError(_("代他人办理时不能再委托。请先结束代办。"))
    return appoint(by=by, principal_id=by.user_id, deputy_id=deputy_id, since_on=since_on, until_on=until_on)


def appoint(*, by: Actor, principal_id: int, deputy_id: int, since_on: date, until_on: date) -> Deputy:
    """Let somebody act for a person at the actor's institution between two days; that the actor, when it is somebody
    else, may say so is for the caller to know. Raises ValidationError by field.
    """
    today = clock.today()
    if by.on_behalf_of_id is not None:
        raise ValidationError(_("代他人办理时不能再委托。请先结束代办。"))
    if deputy_id == principal_id or not people_at(by.institution_id).filter(pk=deputy_id).exists():
        raise ValidationError({"deputy": _("只能委托本机构今天在岗的同事")})
    if since_on < today:
        raise ValidationError({"since_on": _("开始日期不能早于今天")})
    if not since_on <= until_on <= since_on + LONGEST:
        raise ValidationError({"until_on": _("结束日期应在开始日期之后一年以内")})
    overlapping = deputyships_at(by.institution_id).filter(principal_id=principal_id, deputy_id=deputy_id)
    if overlapping.filter(since_on__lte=until_on, until_on__gte=since_on).exists():
        raise ValidationError({"deputy": _("这段时间已经委托此人")})
    return Deputy.objects.create(
        principal_id=principal_id,
        deputy_id=deputy_id,
        institution_id=by.institution_id,
        since_on=since_on,
        until_on=until_on,
        named_by_id=by.user_id if by.user_id != principal_id else None,
    )


def end(row: Deputy) -> None:
    """End a deputyship now; what was done in it stays on record."""
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])


def deputyships_at(institution_id: int) -> QuerySet[Deputy]:
    """Return the deputyships of an institution for today and later."""
    rows = Deputy.objects.filter(institution_id=institution_id, until_on__gte=clock.today(), ended_at=None)
    return rows.order_by("since_on", "pk")


def _has_post(user_id: int, institution_id: int, on: date) -> bool:
    held = Post.objects.current(on).filter(Q(user_id=user_id), institution_id=institution_id)
    return held.filter(user__is_active=True).exists()
