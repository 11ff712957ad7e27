"""Printing issued papers: as they were issued, or stamped once they are no longer valid."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record
from yilian.kernel.documents import vault
from yilian.kernel.documents.models import IssuedPaper
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.documents.rendering import Face, Stamp, render
from yilian.kernel.workflow.models import Case


def print_out(issued: IssuedPaper, *, by: Actor) -> bytes:
    """Return the PDF: as it was issued, or stamped once it is no longer valid. The printing is recorded."""
    with translation.override(settings.LANGUAGE_CODE):
        stamp = stamp_of(issued)
    pdf = _stamped(issued, stamp) if stamp else vault.content(issued.attachment.storage_key, issued.sha256)
    detail = {"case": str(issued.case_id), "number": issued.number, "stamped": stamp is not None}
    record(by, "printed", object_kind="paper", object_id=issued.pk, detail=detail)
    return pdf


def edit_out(issued: IssuedPaper, *, by: Actor) -> bytes:
    """Return an editable copy (DOCX) of what was issued, stamped like the paper itself. The copying is recorded.

    Raises PaperRefused for a sheet that has none.
    """
    paper = papers.get(issued.key)
    if paper is None or paper.manuscript is None:
        raise PaperRefused(_("「{title}」是填写式单据，没有可编辑的副本").format(title=issued.title))
    from yilian.kernel.documents.editable import docx_of

    with translation.override(settings.LANGUAGE_CODE):
        face, values = _as_issued(issued, stamp_of(issued))
        copy = docx_of(face, paper.manuscript(values))
    detail = {"case": str(issued.case_id), "number": issued.number, "editable": True}
    record(by, "printed", object_kind="paper", object_id=issued.pk, detail=detail)
    return copy


def stamp_of(issued: IssuedPaper) -> Stamp | None:
    """Return the stamp that a paper now carries: it was voided, or its case has come to an end; None while valid."""
    paper = papers.get(issued.key)
    if paper is None:
        return None
    if issued.voided_at is not None:
        reason = _("已作废：{reason}").format(reason=issued.void_reason)
        return Stamp(str(paper.stamp), reason, _minute(issued.voided_at))
    return stamp_for(paper, issued.case)


def address_of(token: str) -> str:
    """Return the public address that the code of a paper leads to."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/verify/{token}/"


def stamp_for(paper: Paper, case: Case) -> Stamp | None:
    """Return the stamp of a paper whose case is in a state in which it lapses, or None."""
    if case.state not in paper.lapses_in:
        return None
    whole = case.case_type.model._default_manager
    reason = paper.reason(whole.get(pk=case.pk)) if paper.reason else _last_word(case)
    return Stamp(str(paper.stamp), reason, _minute(case.since))


def _stamped(issued: IssuedPaper, stamp: Stamp) -> bytes:
    return render(papers[issued.key].template, *_as_issued(issued, stamp))[0]


def _as_issued(issued: IssuedPaper, stamp: Stamp | None) -> tuple[Face, dict[str, Any]]:
    """Return what the paper was made from on the day it was issued, with the stamp it carries now."""
    snapshot = json.loads(vault.content(issued.snapshot_key, issued.snapshot_sha256))
    day = clock.local(issued.issued_at).date().isoformat()
    return Face(issued.title, issued.number, issued.issuer, day, address_of(issued.token), stamp), snapshot


def _last_word(case: Case) -> str:
    """Return the title of the case's state and the note of the step that led to it."""
    last = case.history.filter(state_to=case.state).order_by("-seq").first()
    note = last.note if last else ""
    return f"{case.state_title}：{note}" if note else case.state_title


def _minute(moment: datetime) -> str:
    return clock.local(moment).strftime("%Y-%m-%d %H:%M")
