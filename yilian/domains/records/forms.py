"""The questions of the pages: a document by its kind, a consent, an encounter or contract."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.records.issuing import Facts
from yilian.domains.records.kinds import RecordKind, choices
from yilian.domains.records.models import GroundKind, Record
from yilian.kernel.workflow.flow import Ask

HEAD, CHAPTERS, RESULTS, FILES = _("文档"), _("章节"), _("检查检验值"), _("附件")
SECTION_PREFIX = "section_"
OBSERVATIONS = Ask(
    "observations", _("检查检验值"), "rows", required=False, section=RESULTS,
    asks=(
        Ask("name", _("项目"), max_length=100),
        Ask("value", _("结果"), required=False, max_length=200),
        Ask("unit", _("单位"), required=False, max_length=30),
        Ask("low", _("参考下限"), "decimal", required=False),
        Ask("high", _("参考上限"), "decimal", required=False),
    ),
)  # fmt: skip
REASON = Ask("reason", _("误录情况"), "longtext", max_length=300)
WHY_WITHDRAWN = Ask("reason", _("撤回说明"), max_length=200, required=False)
CONSENT = (
    Ask("readers", _("授权调阅的机构"), "institutions"),
    Ask("kinds", _("授权范围"), "choices", choices=tuple(choices()), required=False, help=_("不选为全部病历文档。")),
    Ask("since_on", _("自"), "date"),
    Ask("until_on", _("至"), "date"),
    Ask("signed_by", _("签署人"), max_length=60),
    Ask("relation", _("与患者关系"), "code", source="relationship"),
    Ask("told_by", _("告知人"), max_length=60),
    Ask("evidence", _("已签署的授权书"), "file", required=False),
)
GROUND = (
    Ask("kind", _("依据"), "choice",
        choices=((GroundKind.ENCOUNTER, _("患者在本机构就诊")), (GroundKind.CONTRACT, _("家庭医生签约")))),
    Ask("number", _("门诊号、住院号或签约编号"), max_length=60),
    Ask("since", _("开始时间"), "datetime"),
    Ask("until", _("结束时间"), "datetime", required=False, help=_("签约必填；就诊不填则持续有效至登记结束。")),
)  # fmt: skip


def document_asks(kind: RecordKind) -> tuple[Ask, ...]:
    """Return the questions of a document: its head, its chapters in the order of the standard, values, a file."""
    head = (
        Ask("title", _("标题"), max_length=200, section=HEAD, initial=str(kind.title)),
        Ask("effective_at", _("诊疗时间"), "datetime", section=HEAD),
        Ask("department", _("科室"), required=False, max_length=80, section=HEAD),
        Ask("practitioner", _("书写人"), max_length=60, section=HEAD),
        Ask("number", _("院内编号"), required=False, max_length=60, section=HEAD,
            help=_("报告号、住院号等；同类型同编号只有一份有效文档。")),
    )  # fmt: skip
    chapters = tuple(
        Ask(f"{SECTION_PREFIX}{section.key}", section.title, "longtext", required=False, section=CHAPTERS)
        for section in kind.sections
    )
    values = (OBSERVATIONS,) if kind.has_observations else ()
    return (*head, *chapters, *values, Ask("file", _("附件"), "file", required=False, section=FILES))


def facts_of(kind: RecordKind, values: Mapping[str, Any]) -> Facts:
    """Return the answers as the facts of a document."""
    sections = {
        name.removeprefix(SECTION_PREFIX): text or ""
        for name, text in values.items()
        if name.startswith(SECTION_PREFIX)
    }
    return Facts(
        kind=kind.key,
        title=values.get("title") or "",
        practitioner=values.get("practitioner") or "",
        effective_at=values["effective_at"],
        sections=sections,
        department=values.get("department") or "",
        number=values.get("number") or "",
        observations=values.get("observations") or (),
    )


def answers_of(record: Record) -> dict[str, Any]:
    """Return a document as answers to its questions, to start its correction from."""
    head = {name: getattr(record, name) for name in ("title", "effective_at", "department", "practitioner", "number")}
    chapters = {f"{SECTION_PREFIX}{one['key']}": one["text"] for one in record.sections}
    rows = [
        {"name": row.name, "value": row.shown, "unit": row.unit, "low": row.low or "", "high": row.high or ""}
        for row in record.observations.all()
    ]
    return head | chapters | {"observations": rows}
