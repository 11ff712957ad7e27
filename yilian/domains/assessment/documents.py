"""The official papers of an assessment: the score sheet, the sheet for the head's yearly appraisal, the results."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.assessment.models import AssessmentPeriod, PeriodState, Sheet
from yilian.domains.assessment.models import SheetState as S
from yilian.domains.assessment.period.case_type import AUTHORITY as PUBLISHER
from yilian.domains.assessment.period.ranking import weights_of
from yilian.domains.assessment.sheet.case_type import AUTHORITY, LEAD
from yilian.domains.assessment.wording import mark_words, value_words
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.models import Case
from yilian.registry.regulations import S1, S3, S4

FOLDER = Path(__file__).parent / "typst"
SCORED = (S.FINAL, S.PUBLISHED, S.IMPROVING, S.RECHECKING, S.CLOSED)
OUT = (S.PUBLISHED, S.IMPROVING, S.RECHECKING, S.CLOSED)
MOST_LOST = 6


def of_sheet(case: Case) -> dict[str, Any]:
    """Return the whole score sheet."""
    sheet = _read(case)
    groups: dict[str, list[dict[str, str]]] = {}
    for item in sheet.period.items:
        groups.setdefault(item["path"][0], []).append(_line(sheet, item))
    points = sheet.result["groups"]
    return _about(sheet) | {
        "case": sheet.number,
        "scheme": sheet.period.scheme_name,
        "groups": [
            {"title": title, "points": points.get(title) or _("无数据"), "lines": lines}
            for title, lines in groups.items()
        ],
        "bonus": sheet.result["bonus"],
        "penalty": sheet.result["penalty"],
        "known": sheet.result["known_weight"],
        "digest": sheet.snapshot_digest,
    }


def of_head(case: Case) -> dict[str, Any]:
    """Return what the yearly appraisal of the member's head takes from its assessment (S1 4)."""
    sheet = _read(case)
    points = [(title, sheet.result["groups"].get(title)) for title in weights_of(sheet.period.items)]
    return _about(sheet) | {
        "dimensions": _("；").join(f"{title} {score or _('无数据')}" for title, score in points),
        "lost": _("；").join(_lost(sheet)),
        "opinion": sheet.opinion,
        "plan": _("；").join(f"{row['problem']}：{row['measure']}" for row in sheet.plan),
    }


def of_results(case: Case) -> dict[str, Any]:
    """Return the notice of the results of a period."""
    period = AssessmentPeriod.objects.select_related("consortium").get(pk=case.pk)
    body = [
        _("按照{scheme}，对{first}至{last}的工作进行了考核，现将结果通报如下。合格线为 {mark} 分。").format(
            scheme=f"《{period.scheme_name}》",
            first=period.first_on,
            last=period.last_on,
            mark=period.caps["pass_mark"],
        )
    ]
    if period.results["total"] is not None:
        body.append(_("各成员单位平均 {total} 分。").format(total=period.results["total"]))
    if period.standing:
        body.append(_("该医联体现为：{standing}。").format(standing=period.standing))
    return {
        "title": _("关于{name}综合绩效考核结果的通报").format(name=period.consortium),
        "to": _("各成员单位"),
        "body": body,
        "lines": [
            {"rank": str(line["rank"] or "—"), "name": line["name"], "total": line["total"] or _("无数据"),
             "verdict": _verdict(line["is_passed"])}
            for line in period.results["lines"]
        ],
    }  # fmt: skip


def _read(case: Case) -> Sheet:
    return Sheet.objects.select_related("period", "member", "consortium").get(pk=case.pk)


def _about(sheet: Sheet) -> dict[str, Any]:
    return {
        "member": str(sheet.member),
        "consortium": str(sheet.consortium),
        "span": _("{first} 至 {last}").format(first=sheet.first_on, last=sheet.last_on),
        "total": str(sheet.total) if sheet.total is not None else _("无数据"),
        "verdict": _verdict(sheet.is_passed),
        "rank": str(sheet.rank) if sheet.rank else None,
        "pass_mark": sheet.period.caps["pass_mark"],
    }


def _verdict(is_passed: bool | None) -> str:
    return _("无数据") if is_passed is None else _("合格") if is_passed else _("不合格")


def _line(sheet: Sheet, item: dict[str, Any]) -> dict[str, str]:
    key = item["key"]
    return {
        "title": item["title"],
        "value": value_words(sheet.lines.get(key, {}), item),
        "mark": mark_words(sheet.marks.get(key)),
        "score": sheet.result["lines"].get(key) or "—",
        "weight": item["weight"],
    }


def _lost(sheet: Sheet) -> list[str]:
    """Return the lines that cost most, the costliest first."""
    scores = sheet.result["lines"]
    known = [item for item in sheet.period.items if scores.get(item["key"]) is not None]
    lost = [(float(item["weight"]) - float(scores[item["key"]]), item["title"]) for item in known]
    costly = sorted((one for one in lost if one[0] > 0), reverse=True)[:MOST_LOST]
    return [_("{title}（失 {points:.2f} 分）").format(title=title, points=points) for points, title in costly]


for _paper in (
    Paper("assessment.sheet", "assessment", gettext_lazy("综合绩效考核评分表"), FOLDER / "sheet.typ", of_sheet,
          "联评〔{year}〕{serial:04d}号", (LEAD, AUTHORITY), states=SCORED,
          cites=(S3.article("18"), S4.article("3.1"))),
    Paper("assessment.head", "assessment", gettext_lazy("成员单位主要负责人年度考核医疗质量考核情况表"),
          FOLDER / "head.typ", of_head, "联责〔{year}〕{serial:04d}号", (LEAD,), states=OUT, cites=(S1.article("4"),)),
    Paper("assessment.results", "assessment_period", gettext_lazy("综合绩效考核结果的通报"), FOLDER / "notice.typ",
          of_results, "联绩〔{year}〕{serial:04d}号", (PUBLISHER,), states=(PeriodState.PUBLISHED,),
          cites=(S3.article("18"),)),
):  # fmt: skip
    papers.add(_paper)
