"""From bytes to a resource: JSON in UTF-8 without what makes two readers see different things."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.fhir.outcome import Issue

DEEPEST, LONGEST_NUMBER = 40, 40
UNKEPT = re.compile("[\0\ud800-\udfff]")


class UnreadableError(ValueError):
    """The bytes are no FHIR resource in JSON; `issue` says why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.issue = Issue("structure", text)


def parse(content: bytes) -> dict[str, Any]:
    """Return the resource; numbers with a point are `Decimal`, so that no digit is lost.

    Raises UnreadableError: no UTF-8, no JSON, a member named twice, NaN, nested too deeply, no resource.
    """
    try:
        found = json.loads(
            content.decode(), parse_float=_decimal, parse_int=_integer, parse_constant=_no_number,
            object_pairs_hook=_named_once,
        )  # fmt: skip
    except UnicodeDecodeError as error:
        raise UnreadableError(_("应为 UTF-8 编码的 JSON")) from error
    except json.JSONDecodeError as error:
        text = _("不是有效的 JSON（第 {line} 行第 {column} 列）").format(line=error.lineno, column=error.colno)
        raise UnreadableError(text) from error
    except RecursionError as error:
        raise UnreadableError(_("嵌套过深，不能读取")) from error
    if not isinstance(found, dict) or not isinstance(found.get("resourceType"), str):
        raise UnreadableError(_("应为一个 FHIR 资源：JSON 对象，含 resourceType"))
    if _depth(found) > DEEPEST:
        raise UnreadableError(_("嵌套过深，不能读取"))
    if any(UNKEPT.search(text) for text in _texts(found)):
        raise UnreadableError(_("含有不能保存的字符（NUL 或不成对的代理项）"))
    return found


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableError(_("同一对象内 {name} 出现了两次").format(name=twice))
    return found


def _no_number(text: str) -> Any:
    raise UnreadableError(_("{text} 不是可以读取的数字").format(text=text[:LONGEST_NUMBER]))


def _integer(text: str) -> int:
    return int(text) if len(text) <= LONGEST_NUMBER else _no_number(text)


def _decimal(text: str) -> Decimal:
    """A number like 1e999999999 is a few bytes here and a gigabyte once it is written out."""
    number = Decimal(text)
    is_plain = len(text) <= LONGEST_NUMBER and -LONGEST_NUMBER < number.adjusted() < LONGEST_NUMBER
    return number if is_plain else _no_number(text)


def _depth(value: Any) -> int:
    layer, depth = [value], 0
    while layer:
        depth += 1
        layer = [inner for one in layer for inner in _inside(one)]
    return depth


def _texts(found: dict[str, Any]) -> Iterator[str]:
    """Yield every name and every text."""
    waiting: list[Any] = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for one in inner if isinstance(one, dict | list)]
