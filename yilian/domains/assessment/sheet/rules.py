"""What must hold when a sheet is claimed, marked, passed on, answered and settled."""

from decimal import Decimal

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment.grounds import HEARD, LOCKED, OWN, QUALITY
from yilian.domains.assessment.models import PeriodState, RemarkKind, Sheet
from yilian.domains.assessment.remarks import unanswered
from yilian.domains.assessment.schemes import BY_HAND
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.answers import Answers

MARKS = {"grades": ("full", "half", "none"), "match": ("yes", "no"), "veto": ("yes", "no")}


@rule(_("自评在数据锁定后开始"), cite=LOCKED)
def data_are_locked(sheet: Sheet) -> bool:
    return sheet.period is not None and sheet.period.state == PeriodState.LOCKED


@rule(_("数据解锁后考核表随考核期退回"), cite=LOCKED)
def data_are_open(sheet: Sheet) -> bool:
    return sheet.period is not None and sheet.period.state == PeriodState.COLLECTING


@rule(_("考核结果随考核期一并公布"), cite=HEARD)
def period_is_published(sheet: Sheet) -> bool:
    return sheet.period is not None and sheet.period.state == PeriodState.PUBLISHED


@rule(_("考核表随考核期一并取消"), cite=LOCKED)
def period_is_cancelled(sheet: Sheet) -> bool:
    return sheet.period is not None and sheet.period.state == PeriodState.CANCELLED


@rule(_("评分项应在本次考核方案内，填写与其计分法相符"), cite=OWN)
def answer_fits_the_item(sheet: Sheet, answers: Answers, asked: bool = True) -> Verdict:
    if not asked:
        return Verdict(True)
    item = item_of(sheet, answers.get("item"))
    if item is None:
        return Verdict(False, now("请选择本次考核的评分项"))
    mark, value = answers.get("mark"), answers.get("value")
    if item["kind"] in BY_HAND:
        return Verdict(mark in MARKS[item["kind"]], now("“{title}”请选择评定结果").format(title=item["title"]))
    if item["kind"] == "rank":
        return Verdict(False, now("“{title}”按数据排名，不由人工评定").format(title=item["title"]))
    is_number = value is not None and Decimal(value) >= 0
    return Verdict(is_number, now("“{title}”请填写核定数值，不小于零").format(title=item["title"]))


@rule(_("改动按数据计分的评分项应写明依据"), cite=LOCKED)
def change_of_data_is_explained(sheet: Sheet, answers: Answers, asked: bool = True) -> bool:
    line = sheet.lines.get(answers.get("item") or "", {})
    return not asked or line.get("value") is None or bool(answers.get("basis"))


@rule(_("定性评分项均应评定"), cite=OWN)
def everything_is_marked(sheet: Sheet) -> Verdict:
    items = sheet.period.items if sheet.period else []
    missing = [item["title"] for item in items if item["kind"] in BY_HAND and item["key"] not in sheet.marks]
    return Verdict(not missing, now("未评定：{names}").format(names=now("、").join(missing)))


@rule(_("成员单位提出的异议均应答复"), cite=HEARD)
def objections_are_answered(sheet: Sheet) -> Verdict:
    waiting = unanswered(sheet, RemarkKind.OBJECTION).count()
    return Verdict(not waiting, now("尚有 {n} 项异议未答复").format(n=waiting))


@rule(_("答复的应是本考核表上的异议或疑点"), cite=HEARD)
def it_was_said_here(sheet: Sheet, answers: Answers, asked: bool = True) -> bool:
    wanted = {"objection": RemarkKind.OBJECTION, "flag": RemarkKind.FLAG}
    given = [(kind, answers.get(name)) for name, kind in wanted.items() if answers.get(name)]
    return not asked or all(sheet.remarks.filter(pk=key, kind=kind).exists() for kind, key in given)


@rule(_("应选择本次考核方案内的评分项"), cite=OWN)
def item_is_on_the_sheet(sheet: Sheet, answers: Answers, asked: bool = True) -> bool:
    return not asked or item_of(sheet, answers.get("item")) is not None


@rule(_("至少一个评分项有数据或评定，才能计分"), cite=OWN)
def something_is_known(sheet: Sheet) -> bool:
    return any(line.get("value") is not None for line in sheet.lines.values()) or bool(sheet.marks)


@rule(_("改进计划应写明问题、措施和期限"), cite=QUALITY)
def plan_has_measures(sheet: Sheet, answers: Answers, asked: bool = True) -> bool:
    return not asked or bool(answers.get("plan"))


def item_of(sheet: Sheet, key: str | None) -> dict | None:
    """Return the line of the scheme by its key, or None where the sheet has none of it."""
    items = sheet.period.items if sheet.period else []
    return next((item for item in items if item["key"] == key), None)


PASSING_ON = (everything_is_marked, objections_are_answered)
DRAFTING = (everything_is_marked, objections_are_answered, something_is_known)
MARKING = (answer_fits_the_item, change_of_data_is_explained)
