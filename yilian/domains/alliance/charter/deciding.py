"""What a proposed charter asks of a body of its consortium, and which bodies may answer."""

from django.utils.translation import gettext as _

from yilian.domains.alliance.charter_text import ordinal
from yilian.domains.alliance.models import CharterRevision, CharterState
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.regulations import S3
from yilian.registry.resolutions import Matter, Question, matters

COUNCIL, OTHERS = ("council",), ("council", "committee", "leading")


def bodies_of(revision: CharterRevision) -> tuple[str, ...]:
    """Return the kinds of bodies that may adopt a charter: an alliance's council makes it (S3 11)."""
    consortium = revision.consortium
    is_alliance = consortium is not None and consortium.kind == ConsortiumKind.SPECIALTY_ALLIANCE
    return COUNCIL if is_alliance else OTHERS


def adoption(revision: CharterRevision) -> Question:
    """Ask whether the text becomes the next version."""
    clauses = [f"{ordinal(at)} {one['title']}\n{one['text']}" for at, one in enumerate(revision.clauses, 1)]
    text = "\n".join([revision.changes, *clauses])
    subject = _("修订章程：{name}").format(name=revision.consortium)
    return Question(bodies_of(revision), subject, text, f"{S3.article('11')}，{revision.number}")


matters.add(Matter("charter", CharterState.PROPOSED.value, "adopt_by_vote", "reject", adoption))
