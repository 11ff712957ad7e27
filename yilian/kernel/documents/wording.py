"""The wording of a paper: a text with named fields that an office may change; it holds no code and is never run.

    标题：关于召开【会议名称】的通知
    主送：【受邀单位】
    抄送：【抄送单位】
    附件：【附件】

    # 一、时间
    定于【开会时间】召开【会议名称】。
    【议程】

Lines before the first empty one are the head; each line after it is a paragraph, with "# " in front a heading. A field
that has several values makes a paragraph of each where it stands alone on its line. A line is left out when it names
fields and none of them has a value.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

FIELD = re.compile(r"【([^【】\n]{1,30})】")
HEADS = {"标题": "title", "主送": "to", "抄送": "copies", "附件": "attached", "联系人": "contact"}
HEADING = "# "
LONGEST = 20_000
Values = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Field:
    """A name that a wording may use: what it stands for, and an example for the preview."""

    name: str
    says: str | Promise
    example: str = ""
    is_list: bool = False

    @property
    def mark(self) -> str:
        return f"【{self.name}】"


def faults(text: str, fields: Iterable[Field]) -> list[str]:
    """Return what is wrong with a wording, in sentences; nothing when it can be used."""
    known = {field.name for field in fields}
    head, body = _parted(text)
    found = []
    if len(text) > LONGEST:
        found.append(_("模板不超过 {n} 字").format(n=LONGEST))
    if not head.get("title"):
        found.append(_("第一行应为“标题：”加标题"))
    if not any(line.strip() for line in body):
        found.append(_("标题等各行之后空一行，再写正文"))
    if strange := sorted({name for name in FIELD.findall(text) if name not in known}):
        found.append(_("没有这些字段：{names}").format(names=_("、").join(f"【{name}】" for name in strange)))
    if lost := [line for line in _head_lines(text) if line.partition("：")[0] not in HEADS]:
        heads = _("、").join(HEADS)
        found.append(_("正文之前只能有这些行：{heads}；看不懂“{line}”").format(heads=heads, line=lost[0][:40]))
    return found


def fill(text: str, values: Values) -> dict[str, Any]:
    """Return the letter (title, to, body, attached, copies, contact) that a wording makes of these values."""
    head, body = _parted(text)
    paragraphs: list[dict[str, Any]] = []
    for line in body:
        heading = line.startswith(HEADING)
        filled = _filled(line.removeprefix(HEADING).strip(), values)
        paragraphs += [{"text": one, "heading": heading} for one in filled]
    single = {name: "、".join(_several(head.get(name, ()), values)) for name in HEADS.values()}
    return {
        "title": single["title"],
        "to": single["to"] or None,
        "body": paragraphs,
        "attached": _several(head.get("attached", ()), values),
        "copies": single["copies"] or None,
        "contact": single["contact"] or None,
    }


def examples(fields: Iterable[Field]) -> Values:
    """Return a value for every field, for the preview; its name in brackets where there is no example."""
    texts = {one: one.example or _("（{field}）").format(field=one.name) for one in fields}
    return {one.name: [text] if one.is_list else text for one, text in texts.items()}


def _several(lines: Iterable[str], values: Values) -> list[str]:
    return [one for line in lines for one in _filled(line, values)]


def _filled(line: str, values: Values) -> list[str]:
    """Return the paragraphs that a line makes."""
    names = FIELD.findall(line)
    if names and not any(values.get(name) for name in names):
        return []
    if len(names) == 1 and line == f"【{names[0]}】" and isinstance(values[names[0]], list):
        return [one for one in values[names[0]] if one]
    filled = FIELD.sub(lambda found: _text(values.get(found[1], "")), line)
    return [filled] if filled.strip() else []


def _text(value: str | list[str]) -> str:
    return "、".join(value) if isinstance(value, list) else value


def _head_lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    return [line.strip() for line in lines[:end]]


def _parted(text: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return the head by name, and the lines of the body."""
    head: dict[str, list[str]] = {}
    lines = _head_lines(text)
    for line in lines:
        name, _colon, rest = line.partition("：")
        if name in HEADS:
            head.setdefault(HEADS[name], []).append(rest.strip())
    body = text.replace("\r\n", "\n").strip("\n").split("\n")[len(lines) :]
    return head, [line.strip() for line in body if line.strip()]
