"""The card of documents: what was attached, which papers were issued, and what this person may add."""

from dataclasses import dataclass
from typing import Any

from yilian.kernel import rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.attaching import may_remove
from yilian.kernel.documents.issuing import may_void, why_not
from yilian.kernel.documents.kinds import kinds_for
from yilian.kernel.documents.models import Attachment, IssuedPaper
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.printing import stamp_of
from yilian.kernel.workflow.concealing import is_concealed
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.parties import has_a_hand

UPLOADED = """
case_id = %s and removed_at is null
and not exists (select 1 from documents_issuedpaper p where p.attachment_id = documents_attachment.id) order by id
"""


@dataclass(frozen=True)
class Kept:
    """An attachment as the card shows it."""

    row: Attachment
    may_remove: bool

    @property
    def remove_address(self) -> str:
        return f"/files/{self.row.pk}/remove/"


@dataclass(frozen=True)
class Issued:
    """An issued paper as the card shows it; `why_invalid` is empty while it is valid."""

    row: IssuedPaper
    why_invalid: str
    may_void: bool

    @property
    def has_copy(self) -> bool:
        """Whether an editable copy can be made of it."""
        paper = papers.get(self.row.key)
        return paper is not None and paper.manuscript is not None

    @property
    def void_address(self) -> str:
        return f"/papers/{self.row.pk}/void/"


def documents_of(case: Case, actor: Actor) -> dict[str, Any]:
    """Return the context of the card."""
    attachments = rows.where(Attachment, UPLOADED, [case.pk])
    issued = rows.where(IssuedPaper, "case_id = %s order by id", [case.pk])
    for paper in issued:
        paper.case = case
    return {
        "attachments": [Kept(row, may_remove(row, actor)) for row in attachments],
        "issued": [_issued(row, actor) for row in issued],
        "issuable": [paper for paper in papers if paper.case_type == case.kind and not why_not(paper, case, actor)],
        "purposes": kinds_for(case.kind),
        "is_concealed": is_concealed(case),
        "may_attach": has_a_hand(case, actor.institution_id),
    }


def _issued(row: IssuedPaper, actor: Actor) -> Issued:
    stamp = stamp_of(row)
    return Issued(row, stamp.reason if stamp else "", stamp is None and may_void(row, actor))
