"""From a user to an Actor: which posts are held today and which of them is the current one."""

from dataclasses import replace

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Deputy, Post, User
from yilian.kernel.access.roles import roles


class NoSuchPostError(LookupError):
    """The user does not hold this post today."""


def posts_of(user: User) -> list[Post]:
    """Return the posts the user holds today, institution joined, oldest first."""
    return list(user.posts.current(clock.today()).select_related("institution").order_by("since_on", "pk"))


def actor_for(user: User, post_id: int | None = None, *, ip: str = "") -> Actor | None:
    """Return the user as an Actor in one of today's posts (the first if none is named), or None without any post.

    The actor holds every role the user has at the institution of that post.
    """
    held = posts_of(user)
    if not held:
        return None
    chosen = next((post for post in held if post.pk == post_id), held[0])
    mask = 0
    for post in held:
        if post.institution_id == chosen.institution_id:
            mask |= roles[post.role].mask
    return Actor(
        user_id=user.pk,
        name=str(user),
        institution_id=chosen.institution_id,
        institution_name=str(chosen.institution),
        roles=mask,
        post_id=chosen.pk,
        consortium_id=chosen.consortium_id,
        ip=ip,
    )


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
