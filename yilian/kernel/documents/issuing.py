"""Issuing official papers, with number, PDF and code, and voiding them."""

import json
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import mask_of
from yilian.kernel.audit import record
from yilian.kernel.documents import vault
from yilian.kernel.documents.attaching import keep
from yilian.kernel.documents.file_names import tidy
from yilian.kernel.documents.kinds import PAPER
from yilian.kernel.documents.models import IssuedPaper, ScanState
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.documents.printing import address_of, stamp_for
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.documents.rendering import Face, render
from yilian.kernel.documents.wordings import content
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case

NEXT_SERIAL = """
insert into documents_paperserial as s (institution_id, key, year, last) values (%s, %s, %s, 1)
on conflict (institution_id, key, year) do update set last = s.last + 1 returning last
"""


@transaction.atomic
def issue(case: Case, key: str, *, by: Actor) -> IssuedPaper:
    """Issue a paper of the case in the name of the actor's institution, and void the one it replaces.

    Raises UnknownKeyError for a paper nobody declared, PaperRefused when this actor may not issue it, or not now.
    """
    paper, case = papers[key], _as_it_is(case)
    if why := why_not(paper, case, by):
        raise PaperRefused(why)
    token = secrets.token_urlsafe(16)
    with translation.override(settings.LANGUAGE_CODE):  # papers speak Chinese whatever the screen does
        face = _face(paper, case, by, token)
        data = _plain(content(paper, case, by.institution_id))
    (pdf,) = render(paper.template, face, data)
    snapshot = vault.store([json.dumps(data, ensure_ascii=False).encode()])
    name = f"{face.title} {face.number}"
    attachment = keep(case, ContentFile(pdf), by=by, kind=PAPER.key, title=name, file_name=tidy(f"{name}.pdf"),
                      content_type="application/pdf", scan_state=ScanState.MADE)  # fmt: skip
    _void(valid_papers(case, paper, by), by, _("已由 {number} 替代").format(number=face.number))
    at = clock.now()
    issued = IssuedPaper.objects.create(
        id=uuid7(at), case_id=case.pk, key=key, title=face.title, number=face.number, issuer=face.issuer, token=token,
        institution_id=by.institution_id, attachment=attachment, sha256=attachment.sha256,
        snapshot_key=snapshot.key, snapshot_sha256=snapshot.sha256,
        issued_by_id=by.user_id, issued_name=by.name, issued_at=at,
    )  # fmt: skip
    detail = {"case": str(case.pk), "number": face.number}
    record(by, "issued", object_kind="paper", object_id=issued.pk, detail=detail)
    return issued


def why_not(paper: Paper, case: Case, actor: Actor) -> str:
    """Return why this actor cannot issue or void the paper now, or an empty string."""
    if paper.case_type != case.kind:
        return _("「{paper}」不是此类事项的文书").format(paper=paper.title)
    if not _is_party(paper, case, actor):
        sides = _("、").join(str(case.case_type.side(party.side).title) for party in paper.by)
        return _("「{paper}」由{sides}的有关岗位开具").format(paper=paper.title, sides=sides)
    if paper.states and case.state not in paper.states:
        states = _("、").join(case.case_type.state_title(state) for state in paper.states)
        return _("「{paper}」只能在以下状态开具：{states}").format(paper=paper.title, states=states)
    return paper.unfit(case, actor) if paper.unfit else ""


def void(issued: IssuedPaper, *, by: Actor, reason: str) -> None:
    """Declare a paper void; its code says so from now on. Raises PaperRefused without a reason or the right."""
    reason = reason.strip()
    if not reason:
        raise PaperRefused(_("请填写作废原因"))
    if not may_void(issued, by):
        raise PaperRefused(_("只有出具文书的机构的有关岗位可以作废它"))
    if _void(IssuedPaper.objects.filter(pk=issued.pk, voided_at=None), by, reason):
        record(by, "voided", object_kind="paper", object_id=issued.pk, ground=reason)


def may_void(issued: IssuedPaper, actor: Actor) -> bool:
    """Say whether the actor may void the paper: they may issue it, and it is of their institution."""
    paper = papers.get(issued.key)
    own = issued.institution_id == actor.institution_id
    return own and paper is not None and _is_party(paper, issued.case, actor)


def visible(paper_id: UUID | str) -> IssuedPaper | None:
    """Return an issued paper of a case in the row scope, or None."""
    return IssuedPaper.objects.select_related("case", "attachment").filter(pk=paper_id).first()


def valid_papers(case: Case, paper: Paper, by: Actor) -> QuerySet[IssuedPaper]:
    """Return the papers of this kind that the institution issued for the case and nobody voided."""
    return IssuedPaper.objects.filter(case_id=case.pk, key=paper.key, institution_id=by.institution_id, voided_at=None)


def _is_party(paper: Paper, case: Case, actor: Actor) -> bool:
    mine = {row.side for row in case.taking_part() if row.institution_id == actor.institution_id}
    allowed = (party for party in paper.by if mask_of(party.roles) & actor.roles)
    return any(case.case_type.side(party.side).code in mine for party in allowed)


def _as_it_is(case: Case) -> Case:
    """Return the case, whole and in its present state, whatever the caller holds."""
    found = case.case_type.model._default_manager.filter(pk=case.pk).first()
    if found is None:
        raise PaperRefused(_("没有这件事项，不能开具文书"))
    return found


def _face(paper: Paper, case: Case, by: Actor, token: str) -> Face:
    rows = case.participations.select_related("institution")
    issuer = rows.filter(institution_id=by.institution_id)[0].institution.name
    number, day = _next_number(paper, case, by), clock.today().isoformat()
    return Face(str(paper.title), number, issuer, day, address_of(token), stamp_for(paper, case))


def _next_number(paper: Paper, case: Case, by: Actor) -> str:
    """Count up and return the number; the counted row stays locked, so numbers have no gaps."""
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [by.institution_id, paper.key, year])
        serial = cursor.fetchone()[0]
    return paper.number(year=year, serial=serial, case_number=case.number)


def _void(rows: QuerySet[IssuedPaper], by: Actor, reason: str) -> int:
    return rows.update(voided_at=clock.now(), voided_name=by.name, void_reason=reason[:200])


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as JSON reads them back: dates as ISO strings, translations as text."""
    return json.loads(DjangoJSONEncoder().encode(dict(values)))
