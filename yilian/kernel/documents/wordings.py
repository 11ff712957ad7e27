"""Which wording of a paper an institution uses: its own newest version, or the one shipped."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record
from yilian.kernel.documents.models import PaperWording
from yilian.kernel.documents.paper import Paper
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.documents.wording import faults, fill
from yilian.kernel.workflow.models import Case


def content(paper: Paper, case: Case, institution_id: int) -> Mapping[str, Any]:
    """Return what a template prints: the values of the case, or a letter of them in the institution's own words."""
    values = paper.context(case)
    return values if paper.wording is None else fill(text_of(paper, institution_id), values)


def text_of(paper: Paper, institution_id: int) -> str:
    """Return the wording in use. The row scope shows an institution its own only."""
    own = versions(paper, institution_id)
    return own[0].text if own and own[0].text else shipped(paper)


def shipped(paper: Paper) -> str:
    """Return the wording that comes with the product; a paper without wordings has none (empty)."""
    return paper.wording.read_text(encoding="utf-8") if paper.wording else ""


def versions(paper: Paper, institution_id: int) -> list[PaperWording]:
    """Return the institution's versions, the newest first; one with no text went back to what is shipped."""
    return list(PaperWording.objects.filter(institution_id=institution_id, key=paper.key).order_by("-version"))


def keep(paper: Paper, text: str, *, by: Actor, read: int, note: str = "") -> PaperWording:
    """Keep the next version; `read` is the version that was changed (0 for the shipped one).

    No text goes back to what is shipped. Raises PaperRefused for a wording that cannot be used, and when somebody
    else has changed it meanwhile.
    """
    newest = next(iter(versions(paper, by.institution_id)), None)
    number = newest.version if newest else 0
    if read != number:
        raise PaperRefused(_("模板刚被他人改为第 {n} 版，请重新打开后再改").format(n=number))
    if text.strip() and (wrong := faults(text, paper.fields)):
        raise PaperRefused(_("；").join(wrong))
    row = PaperWording.objects.create(
        institution_id=by.institution_id, key=paper.key, version=number + 1, text=text.strip(), note=note[:200],
        made_by_id=by.user_id, made_name=by.name, made_at=clock.now(),
    )  # fmt: skip
    record(by, "changed", object_kind="wording", object_id=row.pk, ground=note[:200], detail={"key": paper.key})
    return row
