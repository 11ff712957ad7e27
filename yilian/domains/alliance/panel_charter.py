"""The card of a revision's clauses, with what they change against the newest version on record before it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.charter_text import articles
from yilian.domains.alliance.models import Charter, CharterRevision
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel


def _clauses(revision: CharterRevision, actor: Actor) -> dict[str, Any] | None:
    if not revision.clauses:
        return None
    versions = Charter.objects.filter(consortium=revision.consortium_id).exclude(case_id=revision.pk)
    own = Charter.objects.filter(case_id=revision.pk).first()
    if own is not None:
        versions = versions.filter(version__lt=own.version)
    before = versions.exclude(clauses=[]).first()
    return {"articles": articles(revision.clauses, before.clauses if before else None), "before": before}


CLAUSES = Panel("clauses", _("章程条文"), "alliance/charter_panel.html", _clauses)
