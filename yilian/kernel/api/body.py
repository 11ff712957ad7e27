"""What a request brings: a JSON object, query parameters, and the headers that guard a write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.api.problems import ApiProblem, refuse
from yilian.kernel.workflow.answers import Answers, clean
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.refusals import Reason

NOTE_LENGTH = 4000
KEY_LENGTH = 80


@dataclass(frozen=True)
class Part:
    """A member of a request's object: its name, the Python type JSON gives it, and its longest text."""

    name: str
    type: type
    longest: int = 0


def members(request: HttpRequest, parts: Sequence[Part] | None = None) -> dict[str, Any]:
    """Return the members of the JSON object in the body; null counts as absent, an empty body as an empty object.

    Without `parts` every member is taken: they are answers to questions, and checked as such.

    Raises ApiProblem: 415, 400 for what is no JSON object, 422 for unknown members and wrong types.
    """
    sent = _object(request)
    if parts is None:
        return dict(sent)
    known = {part.name: part for part in parts}
    reasons = []
    for name, value in sent.items():
        text = _wrong(known.get(name), name, value, known)
        if text:
            reasons.append(Reason("invalid", text, field=name))
    if reasons:
        raise ApiProblem("invalid", reasons)
    return {name: value for name, value in sent.items() if value is not None}


def query(request: HttpRequest, asks: Sequence[Ask], actor: Actor) -> Answers:
    """Return the checked query parameters; raises ApiProblem for unknown ones, BadAnswersError (both 422)."""
    several = {ask.name for ask in asks if ask.kind == "choices"}
    raw: dict[str, Any] = {}
    for name in request.GET:
        values = request.GET.getlist(name)
        raw[name] = [one for value in values for one in value.split(",") if one] if name in several else values[-1]
    known = [ask.name for ask in asks]
    if strange := [name for name in raw if name not in known]:
        text = _("没有名为 {name} 的参数；可用的有：{known}")
        text = text.format(name=_("、").join(strange), known=_("、").join(known))
        raise refuse("invalid", text, field=strange[0])
    return clean(asks, raw, actor, partial=True)


def version_in(given: dict[str, Any]) -> int:
    """Take the version that was read out of the members of a request; raises ApiProblem (422) without one."""
    seen = given.pop("version", None)
    if not isinstance(seen, int) or isinstance(seen, bool):
        raise refuse("invalid", _("请提供所见的版本号 version"), field="version")
    return seen


def if_match(request: HttpRequest) -> int | None:
    """Return the version that If-Match names, or None without it or for "*"; raises ApiProblem (400)."""
    text = request.META.get("HTTP_IF_MATCH", "").strip()
    if text in ("", "*"):
        return None
    digits = text.removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise refuse("malformed", _('If-Match 应为读取事项时得到的 ETag，如 "3"'), field="If-Match")
    return int(digits)


def idempotency_key(request: HttpRequest) -> str:
    """Return the Idempotency-Key of a write, or an empty text; raises ApiProblem (400) for one that cannot be kept."""
    key = str(request.META.get("HTTP_IDEMPOTENCY_KEY", "")).strip()
    if len(key) > KEY_LENGTH or not (key.isascii() and key.isprintable()):
        text = _("Idempotency-Key 应为不超过 {most} 个的可打印 ASCII 字符").format(most=KEY_LENGTH)
        raise refuse("malformed", text, field="Idempotency-Key")
    return key


def _object(request: HttpRequest) -> Mapping[str, Any]:
    content = request.body
    if not content:
        return {}
    if request.content_type != "application/json":
        raise refuse("unsupported-media-type", _("请以 application/json 提交"), field="Content-Type")
    try:
        sent = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        text = _("不是有效的 JSON（第 {line} 行第 {column} 列）").format(line=error.lineno, column=error.colno)
        raise refuse("malformed", text) from error
    if not isinstance(sent, dict):
        raise refuse("malformed", _("应为一个 JSON 对象"))
    return sent


def _wrong(part: Part | None, name: str, value: Any, known: Mapping[str, Part]) -> str:
    if part is None:
        return _("没有名为 {name} 的内容；可用的有：{known}").format(name=name, known=_("、").join(known))
    if value is None:
        return ""
    if not isinstance(value, part.type) or (part.type is int and isinstance(value, bool)):
        return _("{name} 应为{kind}").format(name=name, kind=_kind(part.type))
    if isinstance(value, str) and 0 < part.longest < len(value):
        return _("{name} 最多 {most} 字").format(name=name, most=part.longest)
    if isinstance(value, str) and "\x00" in value:
        return _("{name} 含有不能保存的字符").format(name=name)
    return ""


def _kind(wanted: type) -> str:
    return {dict: _("对象"), str: _("文字"), int: _("整数"), bool: _("是否（true 或 false）")}[wanted]
