"""The words for how a line is scored, where its value comes from, and what nobody knows."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.indicators.catalogue import definition, is_known
from yilian.kernel.indicators.evaluation import Value

KINDS = {
    "grades": gettext_lazy("三档（全部、一半、不得分）"),
    "match": gettext_lazy("是否相符"),
    "deduct": gettext_lazy("逐项扣减，扣完为止"),
    "proportional": gettext_lazy("按比例"),
    "threshold": gettext_lazy("达标分段"),
    "rank": gettext_lazy("按名次"),
    "veto": gettext_lazy("一票否决"),
}
UNKNOWN = {
    "spread": gettext_lazy("无数据时不计入，分值由其他项分担"),
    "zero": gettext_lazy("无数据时不得分"),
    "full": gettext_lazy("无数据时得满分"),
}
MARKS = {
    "full": gettext_lazy("全部做到"), "half": gettext_lazy("部分做到"), "none": gettext_lazy("未做到"),
    "yes": gettext_lazy("是"), "no": gettext_lazy("否"),
}  # fmt: skip


def mark_words(said: Mapping[str, Any] | None) -> str:
    """Return what somebody said of a line: a grade, an answer or a number; "" for nothing."""
    if not said:
        return ""
    return str(MARKS[said["mark"]]) if said.get("mark") else said.get("value") or ""


def value_words(line: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return the value of a line from data with its parts, or that there is none; "" for what people judge."""
    if not item["indicator"]:
        return ""
    if line.get("value") is None:
        return _("无数据")
    key = item["indicator"]
    shown = Value(definition(key), None, Decimal(line["value"])).shown if is_known(key) else line["value"]
    shown += gap_words(line)
    if line.get("rank"):
        return _("{value}（第 {rank} 名，共 {n} 家）").format(value=shown, rank=line["rank"], n=line["among"])
    return f"{shown}（{line['part']}/{line['whole']}）" if line.get("whole") else shown


def gap_words(line: Mapping[str, Any]) -> str:
    """Return what a value that was fed does not say by itself, in brackets; "" for one that is whole."""
    said = []
    if line.get("missing"):
        said.append(_("缺 {n} 个月").format(n=line["missing"]))
    if line.get("definitions"):
        said.append(_("期内口径有变化"))
    return _("（{words}）").format(words=_("，").join(said)) if said else ""
