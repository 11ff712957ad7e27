"""What a version of a scheme changes against another: lines that are new, gone, or say something else."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.assessment.schemes import Scheme
from yilian.domains.assessment.wording import KINDS, UNKNOWN

PARTS = (
    ("title", gettext_lazy("评分项")), ("path", gettext_lazy("一至三级指标")),
    ("requirement", gettext_lazy("工作要求")),
    ("kind", gettext_lazy("计分法")), ("terms", gettext_lazy("计分参数")), ("weight", gettext_lazy("分值")),
    ("indicator", gettext_lazy("取自指标")), ("unknown", gettext_lazy("无数据")), ("source", gettext_lazy("依据")),
    ("certainty", gettext_lazy("依据程度")),
)  # fmt: skip


def before(scheme: Scheme, schemes: Mapping[str, Scheme]) -> Scheme | None:
    """Return the version before this one, or None for a first one."""
    name, _at, version = scheme.code.partition("@")
    return schemes.get(f"{name}@{int(version) - 1}") if version.isdecimal() else None


def differences(old: Scheme, new: Scheme) -> list[tuple[str, list[str]]]:
    """Return the title of every line that differs, with what was and what is, in the order of the new scheme."""
    had = {item["key"]: item for item in old.items}
    has = {item["key"]: item for item in new.items}
    found = [(item["title"], _said(had.get(key), item)) for key, item in has.items()]
    gone = [(item["title"], [_("删除，原分值 {weight}").format(weight=item["weight"])])
            for key, item in had.items() if key not in has]  # fmt: skip
    return [pair for pair in found if pair[1]] + gone


def _said(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[str]:
    if old is None:
        return [_("新增，分值 {weight}").format(weight=new["weight"])]
    words = _("{part}：{old} → {new}")
    return [
        words.format(part=title, old=_word(name, old[name]), new=_word(name, new[name]))
        for name, title in PARTS
        if old[name] != new[name]
    ]


def _word(name: str, value: Any) -> str:
    known = {"kind": KINDS, "unknown": UNKNOWN}.get(name, {})
    if name == "path":
        return " · ".join(value)
    if name == "terms":
        return "，".join(f"{key} {one}" for key, one in value.items()) or _("无")
    return str(known.get(value, value)) or _("无")
