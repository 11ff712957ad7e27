"""What the steps of a sheet keep: claims, marks, remarks, the score and its frozen snapshot."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.assessment.models import RemarkKind, Sheet, SheetState
from yilian.domains.assessment.remarks import remark
from yilian.domains.assessment.scoring import numbers_of, result_of, snapshot_of
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.notices.telling import tell
from yilian.kernel.workflow.moment import Moment

PUBLISHERS = ("authority",)


def _said(moment: Moment) -> dict[str, Any]:
    """Return what was answered about one line, as it is kept."""
    answers = moment.answers
    value = answers.get("value")
    return {
        "mark": answers.get("mark") or "",
        "value": "" if value is None else str(value),
        "note": answers.get("basis") or "",
        "by": moment.actor.name,
        "place": moment.actor.institution_name,
        "at": moment.at.isoformat(),
    }


def keep_claim(moment: Moment) -> None:
    """Keep what the member says of itself about a line."""
    sheet: Sheet = moment.case
    moment.set(claims={**sheet.claims, moment.answers.get("item"): _said(moment)})


def keep_mark(moment: Moment) -> None:
    """Keep what a reviewer found about a line; what was found before stays in the history."""
    sheet: Sheet = moment.case
    moment.set(marks={**sheet.marks, moment.answers.get("item"): _said(moment)})


def keep_evidence(moment: Moment) -> None:
    """Keep words and file that prove a line."""
    _keep(moment, RemarkKind.EVIDENCE)


def keep_objection(moment: Moment) -> None:
    """Keep an objection to data or score of a line."""
    _keep(moment, RemarkKind.OBJECTION)


def _keep(moment: Moment, kind: RemarkKind) -> None:
    answers = moment.answers
    remark(moment, kind, answers.get("text"), item=answers.get("item"), file_id=answers.get("file"))


def keep_answer(moment: Moment) -> None:
    """Answer an objection."""
    answers = moment.answers
    remark(moment, RemarkKind.ANSWER, answers.get("text"), to_id=answers.get("objection"),
           is_upheld=answers.get("is_upheld"))  # fmt: skip


def keep_explanation(moment: Moment) -> None:
    """Let the member answer what was pointed out."""
    remark(moment, RemarkKind.ANSWER, moment.answers.get("text"), to_id=moment.answers.get("flag"))


def keep_findings(moment: Moment) -> None:
    """Keep what was found on site, a remark a line."""
    for row in moment.answers.get("findings") or []:
        text = row["finding"] if row.get("is_in_order") else _("不符：{text}").format(text=row["finding"])
        remark(moment, RemarkKind.FINDING, text, item=row.get("item") or "", file_id=moment.answers.get("photo"))


def reckon_draft(moment: Moment) -> None:
    """Reckon the score, so that both sides see it before it is final."""
    moment.set(**numbers_of(result_of(moment.case)))


def tell_that_all_are_final(moment: Moment) -> None:
    """Tell the authority, once the last score of the period stands, that the results can be published."""
    sheet: Sheet = moment.case
    with scope(system_actor(_("系统时钟"), sheet.lead_id)):
        rows = Sheet.objects.filter(period=sheet.period_id).exclude(pk=sheet.pk)
        is_last = not rows.exclude(state__in=(SheetState.FINAL, SheetState.CANCELLED)).exists()
    if is_last and sheet.authority_id:
        text = format_lazy(gettext_lazy("{number} 的得分均已确定，可以公布"), number=sheet.period.number)
        tell(sheet.period, sheet.authority_id, PUBLISHERS, text, by=moment.actor)


def freeze_score(moment: Moment) -> None:
    """Freeze the score with everything it follows from."""
    sheet: Sheet = moment.case
    snapshot = snapshot_of(sheet)
    moment.set(snapshot=snapshot, snapshot_digest=snapshot["sha256"], **numbers_of(snapshot["result"]))
