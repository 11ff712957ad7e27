"""What is said about a sheet: who still waits for an answer, and writing one more."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from yilian.domains.assessment.models import Remark, RemarkKind, Sheet
from yilian.kernel.workflow.moment import Moment


def unanswered(sheet: Sheet, kind: RemarkKind) -> QuerySet[Remark]:
    """Return the objections or flags of a sheet to which nobody has said anything."""
    said = Remark.objects.filter(to=OuterRef("pk"))
    return Remark.objects.filter(~Exists(said), case=sheet, kind=kind)


def remark(moment: Moment, kind: RemarkKind, text: str, **facts: Any) -> Remark:
    """Keep what somebody says in a step."""
    actor = moment.actor
    return Remark.objects.create(
        case=moment.case, kind=kind, text=text, institution_id=actor.institution_id, by_name=actor.name, at=moment.at,
        **facts,
    )  # fmt: skip


def by_item(sheet: Sheet) -> dict[str, list[Remark]]:
    """Return the remarks of a sheet by the line they are about, answers with what they answer, oldest first."""
    found: dict[str, list[Remark]] = {}
    for row in sheet.remarks.select_related("institution", "to").order_by("id"):
        found.setdefault(row.to.item if row.to else row.item, []).append(row)
    return found


def files_of(remarks: Iterable[Remark]) -> list[UUID]:
    return [row.file_id for row in remarks if row.file_id]
