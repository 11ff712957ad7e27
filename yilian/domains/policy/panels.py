"""The cards of a document: its text, its editions and what changed, who has read it."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from yilian.domains.policy.effects import usual_years
from yilian.domains.policy.models import Policy, PolicyState
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Post
from yilian.kernel.workflow.case_type import Panel
from yilian.registry.comparing import compared
from yilian.registry.consortia import on_day
from yilian.registry.models import Institution
from yilian.registry.regulations import S4

PUBLISHED = (PolicyState.IN_FORCE, PolicyState.DUE, PolicyState.SUPERSEDED, PolicyState.WITHDRAWN)


def header(policy: Policy, actor: Actor) -> dict[str, Any] | None:
    """Return the header of a published edition (S4 文头)."""
    if policy.state not in PUBLISHED:
        return None
    return {
        "policy": policy,
        "years": policy.review_years or usual_years(policy.owner_id),
        "stands": policy.state in (PolicyState.IN_FORCE, PolicyState.DUE),
        "cite": S4.article("文头"),
    }


def changes(policy: Policy, actor: Actor) -> dict[str, Any] | None:
    """Return what changed against the edition before, where the reader sees that one."""
    before = Policy.objects.filter(pk=policy.previous).first() if policy.previous else None
    if before is None:
        return None
    return {"before": before, "lines": compared(before.text, policy.text), "changes": policy.changes}


def receipts(policy: Policy, actor: Actor) -> dict[str, Any] | None:
    """Return how many have read the edition at each institution, and of how many accounts."""
    if policy.state not in PUBLISHED:
        return None
    counts = dict(policy.receipts.values_list("institution").annotate(n=Count("id")))
    places = {row.institution_id for row in policy.taking_part()} | counts.keys()
    posts = Post.objects.filter(on_day("since_on", "until_on", clock.today()), institution__in=places)
    people = dict(posts.values_list("institution").annotate(n=Count("user", distinct=True)))
    names = Institution.objects.filter(pk__in=places).order_by("pk")
    return {
        "lines": [(one, counts.get(one.pk, 0), people.get(one.pk, 0)) for one in names],
        "mine": policy.receipts.filter(reader=actor.user_id).first(),
    }


PANELS = (
    Panel("header", _("文头"), "policy/header.html", header),
    Panel("changes", _("与上一版比较"), "policy/changes.html", changes),
    Panel("receipts", _("阅读确认"), "policy/receipts.html", receipts),
)
