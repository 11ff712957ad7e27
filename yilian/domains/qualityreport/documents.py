"""The report as an official paper: a table of numbers, charts of what is out of control, comments; PDF and DOCX."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.qualityreport.case_type import DIRECTOR
from yilian.domains.qualityreport.effects import PAPER
from yilian.domains.qualityreport.models import QualityReport
from yilian.domains.qualityreport.models import ReportState as S
from yilian.domains.qualityreport.panels import charts, plain
from yilian.kernel import clock
from yilian.kernel.clock.periods import parse
from yilian.kernel.documents.manuscript import Line, Manuscript, Style
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.models import Case
from yilian.registry.regulations import S1

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"


def printed(case: Case) -> dict[str, Any]:
    """Return what the report says: head, lines, findings, charts as SVG, comments."""
    report = QualityReport.objects.select_related("member", "lead", "department").get(pk=case.pk)
    lines = list(report.lines.all())
    quarter = parse(report.quarter)
    return {
        "title": now("{quarter}质控报告").format(quarter=_quarter_words(report.quarter)),
        "to": " ".join(map(str, filter(None, (report.member, report.department)))),
        "beside": now("全院") if report.department else now("医联体"),
        "span": f"{quarter.first} — {quarter.last}",
        "counted_at": f"{clock.local(report.counted_at):%Y-%m-%d %H:%M}" if report.counted_at else "",
        "author": report.author,
        "approver": report.approver,
        "lines": [_row(line) for line in lines],
        "charts": [
            {"title": chart.line.title, "kind": chart.line.get_chart_display(), "svg": chart.svg(),
             "findings": chart.line.findings}
            for chart in charts(lines)
        ],
        "comments": [text for text in report.comments.splitlines() if text.strip()],
    }  # fmt: skip


def _quarter_words(label: str) -> str:
    return now("{year}年第{n}季度").format(year=label[:4], n=label[-1])


def _row(line: Any) -> dict[str, Any]:
    between = "" if line.unit == "%" else " "
    shown = {name: f"{plain(number)}{between}{line.unit}" if number is not None else now("无数据")
             for name, number in (("value", line.value), ("before", line.before), ("group", line.group))}  # fmt: skip
    base = f"{line.part}/{line.whole}" if line.whole else ""
    if line.group is None:
        shown["group"] = "—"  # a sum of the others is left out, not unknown
    return {"title": line.title, "base": base, "findings": line.findings, **shown}


def manuscript(values: Mapping[str, Any]) -> Manuscript:
    """Return the report for an editable copy: a paragraph for each indicator instead of the table, and the charts."""
    lines = [Line(now("一、指标"), Style.HEADING)]
    said = now("{title}：本季 {value}，上季 {before}，{beside} {group}。")
    lines += [Line(said.format(**row, beside=values["beside"]) + "；".join(row["findings"])) for row in values["lines"]]
    lines.append(Line(now("二、控制图与异常"), Style.HEADING))
    for chart in values["charts"]:
        words = "；".join([f"{chart['title']}（{chart['kind']}）", *chart["findings"]])
        lines.append(Line(words, drawing=chart["svg"]))
    if not values["charts"]:
        lines.append(Line(now("已知数据不足，未画控制图，未判异常。")))
    lines.append(Line(now("三、质量持续改进意见"), Style.HEADING))
    lines += [Line(text) for text in values["comments"]]
    facts = (
        (now("统计期间"), values["span"]), (now("数据截至"), values["counted_at"]),
        (now("意见填写人"), values["author"]), (now("批准人"), values["approver"]),
    )  # fmt: skip
    return Manuscript(title=values["title"], lines=tuple(lines), to=values["to"], facts=facts)


papers.add(
    Paper(PAPER, "quality_report", _("质控报告"), TEMPLATE, printed, "质控〔{year}〕{serial:04d}号", (DIRECTOR,),
          states=(S.PUBLISHED, S.ACKNOWLEDGED), lapses_in=(S.WITHDRAWN,), stamp=_("本报告已撤回"),
          reason=lambda case: QualityReport.objects.get(pk=case.pk).withdrawal, manuscript=manuscript,
          cites=(S1.article("5"),))
)  # fmt: skip
