"""From a user to an Actor: which posts are held today and which of them is the current one."""

from dataclasses import replace
from typing import Any, NamedTuple, cast

from django.db import connection

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Deputy, Post, User
from yilian.kernel.access.roles import roles

HELD = """select p.id, p.institution_id, coalesce(nullif(i.short_name, ''), i.name), p.role, p.consortium_id
  from access_post p join {institutions} i on i.id = p.institution_id
  where p.user_id = %s and p.since_on <= %s and (p.until_on is null or p.until_on >= %s) order by p.since_on, p.id"""


class _Held(NamedTuple):
    id: int
    institution_id: int
    institution_name: str
    role: str
    consortium_id: int | None


class NoSuchPostError(LookupError):
    """The user does not hold this post today."""


def posts_of(user: User) -> list[Post]:
    """Return the posts the user holds today, institution joined, oldest first."""
    return list(user.posts.current(clock.today()).select_related("institution").order_by("since_on", "pk"))


def actor_for(user: User, post_id: int | None = None, *, ip: str = "") -> Actor | None:
    """Return the user as an Actor in one of today's posts (the first if none is named), or None without any post.

    The actor holds every role the user has at the institution of that post.
    """
    held = _held(user)
    if not held:
        return None
    chosen = next((post for post in held if post.id == post_id), held[0])
    mask = 0
    for post in held:
        if post.institution_id == chosen.institution_id:
            mask |= roles[post.role].mask
    return Actor(
        user_id=user.pk,
        name=str(user),
        institution_id=chosen.institution_id,
        institution_name=chosen.institution_name,
        roles=mask,
        post_id=chosen.id,
        consortium_id=chosen.consortium_id,
        ip=ip,
    )


def _held(user: User) -> list[_Held]:
    """Return of the same posts what an Actor needs; every request asks, so the ORM composes nothing."""
    today, place = clock.today(), cast(Any, Post._meta.get_field("institution").related_model)
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(institutions=place._meta.db_table), [user.pk, today, today])
        return [_Held(*row) for row in cursor.fetchall()]


def on_behalf_of(actor: Actor, principal_id: int) -> Actor:
    """Return the actor acting for someone who named them deputy today, with that person's roles here.

    Raises NoSuchPostError when no deputyship is in force, or the person holds no post here any more.
    """
    today = clock.today()
    deputyship = Deputy.objects.filter(
        principal_id=principal_id,
        deputy_id=actor.user_id,
        institution_id=actor.institution_id,
        since_on__lte=today,
        until_on__gte=today,
        ended_at=None,
    )
    if not deputyship.exists():
        raise NoSuchPostError(principal_id)
    mask = 0
    held = Post.objects.current(today).filter(user_id=principal_id, institution_id=actor.institution_id)
    for role in held.values_list("role", flat=True):
        mask |= roles[role].mask
    if not mask or not User.objects.filter(pk=principal_id, is_active=True).exists():
        raise NoSuchPostError(principal_id)
    return replace(actor, roles=mask, on_behalf_of_id=principal_id)
