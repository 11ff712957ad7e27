"""Which health authority governs what: those of the region and of the regions above it, and who keeps the platform."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Post
from yilian.kernel.access.platform import keeps_platform, who_keeps_platform
from yilian.registry import known
from yilian.registry.consortia import authorities_above
from yilian.registry.models import Institution
from yilian.registry.regions import chain

ROLES = ("authority", "admin")
"""Who acts for a health authority; at any other institution these roles govern nobody."""


def platform_keepers() -> list[tuple[int, str]]:
    """Return key and name of the authorities that set what binds everybody.

    They are those with people at work here above which no other such authority stands: an authority that is only
    registered runs nothing.
    """
    posts = Post.objects.current(clock.today()).filter(role__in=ROLES)
    at_work = set(posts.filter(institution__is_authority=True).values_list("institution_id", flat=True))
    found = [authority for authority in known.authorities() if authority.pk in at_work]
    seats = {authority.region_id for authority in found}
    return [(row.pk, row.name) for row in found if not seats & set(chain(row.region_id or "")[1:])]


def governs_some(actor: Actor) -> bool:
    """Say whether the actor acts for a health authority, or keeps the platform."""
    acts = any(authority.pk == actor.institution_id for authority in known.authorities())
    return keeps_platform(actor) or (acts and actor.may(*ROLES))


def governs(actor: Actor, region_code: str | None) -> bool:
    """Say whether the actor acts for an authority of this region or above it; a place of no region is the keepers'."""
    if keeps_platform(actor):
        return True
    return actor.may(*ROLES) and any(row.pk == actor.institution_id for row in authorities_above(region_code))


def who_governs(region_code: str | None) -> str:
    """Return the sentence that says who governs the institutions of a region."""
    names = _("、").join(row.name for row in authorities_above(region_code))
    return _("由所在地的卫生健康行政部门办理：{names}。").format(names=names) if names else who_keeps_platform()


def insist_governed(actor: Actor, region_code: str | None, *, field: str = "region") -> None:
    """Refuse an actor who does not govern this region; raises ValidationError that says who does."""
    if not governs(actor, region_code):
        raise ValidationError({field: [who_governs(region_code)]})


def insist_keeper_of(actor: Actor, institution: Institution | None, is_authority: bool | None) -> None:
    """Let nobody but the keepers of the platform make or unmake a health authority; raises ValidationError."""
    was = institution is not None and institution.is_authority
    if is_authority is not None and is_authority != was and not keeps_platform(actor):
        raise ValidationError({"is_authority": [who_keeps_platform()]})
