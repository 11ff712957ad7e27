"""Answers to declared questions: read, checked, labelled. The same for pages, JSON and Python callers."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.registries.words import Words
from yilian.kernel.workflow.flow import SEVERAL, Ask
from yilian.kernel.workflow.lookups import lookups


class BadAnswerError(ValueError):
    """An answer that cannot be taken; its text says why."""


class BadAnswersError(ValueError):
    """Several answers cannot be taken; `errors` gives a sentence for each question."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = errors


@dataclass(frozen=True)
class Answer:
    """A good answer: the Python value, what JSON keeps of it, and what people read."""

    value: Any
    stored: Any
    label: str


@dataclass
class Answers:
    """The good answers of a form or a step, by name of the question."""

    given: dict[str, Answer] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        answer = self.given.get(name)
        return default if answer is None else answer.value

    def label(self, name: str) -> str:
        answer = self.given.get(name)
        return "" if answer is None else answer.label

    def values(self) -> dict[str, Any]:
        return {name: answer.value for name, answer in self.given.items()}

    def recorded(self) -> dict[str, dict[str, Any]]:
        """Return what the history keeps: {name: {"value": …, "label": …}}, answered questions only."""
        return {
            name: {"value": answer.stored, "label": answer.label}
            for name, answer in self.given.items()
            if answer.stored not in (None, "", [])
        }


EMPTY = Answer(None, None, "")
YES, NO = gettext_lazy("是"), gettext_lazy("否")


def clean(asks: Iterable[Ask], raw: Mapping[str, Any], actor: Actor, *, partial: bool = False) -> Answers:
    """Check raw answers (strings of a form, JSON values or Python values) against their questions.

    With `partial`, missing required answers are allowed (drafts), and questions not mentioned stay untouched. Raises
    BadAnswersError with a sentence for each bad or unknown answer.
    """
    answers, errors, known = Answers(), {}, set()
    for ask in asks:
        known.add(ask.name)
        optional = partial or not ask.is_asked(lambda name: raw.get(name, ""))
        if ask.name not in raw:
            if ask.required and not optional:
                errors[ask.name] = _("请填写「{title}」").format(title=ask.title)
            continue
        try:
            answers.given[ask.name] = _clean_one(ask, raw[ask.name], actor, optional)
        except BadAnswerError as bad:
            errors[ask.name] = str(bad)
    for name in raw.keys() - known:
        errors[name] = _("没有名为 {name} 的问题").format(name=name)
    if errors:
        raise BadAnswersError(errors)
    return answers


def _clean_one(ask: Ask, raw: Any, actor: Actor, partial: bool) -> Answer:
    if isinstance(raw, str):
        raw = raw.strip()
    if raw in (None, "", [], ()):
        if ask.required and not partial and ask.kind != "bool":
            raise BadAnswerError(_("请填写「{title}」").format(title=ask.title))
        return Answer(False, False, _word(NO)) if ask.kind == "bool" else EMPTY
    return _READERS[ask.kind](ask, raw, actor)


def _text(ask: Ask, raw: Any, actor: Actor) -> Answer:
    if not isinstance(raw, str):
        raise BadAnswerError(_("「{title}」应为文字").format(title=ask.title))
    longest = ask.max_length or (200 if ask.kind == "text" else 20_000)
    if len(raw) > longest:
        raise BadAnswerError(
            _("「{title}」最多 {most} 字，现有 {have} 字").format(title=ask.title, most=longest, have=len(raw))
        )
    if "\x00" in raw:
        raise BadAnswerError(_("「{title}」含有不能保存的字符").format(title=ask.title))
    return Answer(raw, raw, raw)


def _day(ask: Ask, raw: Any, actor: Actor) -> Answer:
    value = raw if isinstance(raw, date) and not isinstance(raw, datetime) else _parsed(parse_date, raw)
    if value is None:
        raise BadAnswerError(_("「{title}」应为日期，如 2026-11-21").format(title=ask.title))
    return Answer(value, value.isoformat(), value.isoformat())


def _moment(ask: Ask, raw: Any, actor: Actor) -> Answer:
    value = raw if isinstance(raw, datetime) else _parsed(parse_datetime, raw)
    if value is None or not 1 < value.year < 9999:  # the first and last year have moments that other zones cannot say
        raise BadAnswerError(_("「{title}」应为日期和时间，如 2026-11-21 09:30").format(title=ask.title))
    if timezone.is_naive(value):
        try:
            value = clock.shown(value)
        except clock.NoSuchMomentError:
            text = _("「{title}」{at} 这一时刻不存在：当地时钟在此时拨快，请填写实际时间")
            raise BadAnswerError(text.format(title=ask.title, at=f"{value:%Y-%m-%d %H:%M}")) from None
    return Answer(value, value.isoformat(), timezone.localtime(value).strftime("%Y-%m-%d %H:%M"))


def _parsed(parse: Callable[[str], Any], raw: Any) -> Any:
    try:
        return parse(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def _number(ask: Ask, raw: Any, actor: Actor) -> Answer:
    try:
        value = int(str(raw)) if ask.kind == "int" else Decimal(str(raw))
    except (ValueError, InvalidOperation):
        raise BadAnswerError(_("「{title}」应为数字").format(title=ask.title)) from None
    if isinstance(value, Decimal) and not value.is_finite():
        raise BadAnswerError(_("「{title}」应为数字").format(title=ask.title))
    if (ask.minimum is not None and value < ask.minimum) or (ask.maximum is not None and value > ask.maximum):
        raise BadAnswerError(
            _("「{title}」应在 {low} 与 {high} 之间").format(
                title=ask.title, low=_bound(ask.minimum), high=_bound(ask.maximum)
            )
        )
    return Answer(value, value if isinstance(value, int) else str(value), str(value))


def _bound(limit: float | None) -> str:
    return _("不限") if limit is None else f"{limit:g}"


def _word(words: Words) -> str:
    """Return a label in the language of the installation: what is kept does not hang on who wrote it."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return str(words)
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def _truth(ask: Ask, raw: Any, actor: Actor) -> Answer:
    if raw in (True, "true", "True", "on", "1", 1):
        return Answer(True, True, _word(YES))
    if raw in (False, "false", "False", "off", "0", 0):
        return Answer(False, False, _word(NO))
    raise BadAnswerError(_("「{title}」应为是或否").format(title=ask.title))


def _choice(ask: Ask, raw: Any, actor: Actor) -> Answer:
    titles = {str(value): title for value, title in ask.choices}
    if str(raw) not in titles:
        raise BadAnswerError(_("「{title}」没有这个选项").format(title=ask.title))
    return Answer(str(raw), str(raw), _word(titles[str(raw)]))


def _choices(ask: Ask, raw: Any, actor: Actor) -> Answer:
    several = list(raw) if isinstance(raw, list | tuple) else [raw]
    picked = [_choice(ask, one, actor) for one in several]
    return _several(picked)


def _picked(ask: Ask, raw: Any, actor: Actor) -> Answer:
    with translation.override(settings.LANGUAGE_CODE):
        found = lookups[ask.lookup].resolve(actor, raw, ask.source)
    if found is None:
        raise BadAnswerError(_("「{title}」请从列表中选择").format(title=ask.title))
    stored = found.value if isinstance(found.value, int | str) else str(found.value)
    return Answer(found.value, stored, found.label)


def _picked_several(ask: Ask, raw: Any, actor: Actor) -> Answer:
    single = Ask(ask.name, ask.title, SEVERAL[ask.kind], source=ask.source)
    several = list(raw) if isinstance(raw, list | tuple) else [raw]
    return _several([_picked(single, one, actor) for one in several])


def _table(ask: Ask, raw: Any, actor: Actor) -> Answer:
    """Read a list of mappings, or the JSON text of one; each row answers the columns, empty rows are left out."""
    try:
        given = json.loads(raw) if isinstance(raw, str) else raw
    except ValueError:
        given = None
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        raise BadAnswerError(_("「{title}」应为表格").format(title=ask.title))
    filled = [row for row in given if any(value not in (None, "", []) for value in row.values())]
    rows = [_row(ask, row, number, actor) for number, row in enumerate(filled, 1)]
    stored = [{name: answer.stored for name, answer in row.given.items()} for row in rows]
    labels = [" ".join(answer.label for answer in row.given.values() if answer.label) for row in rows]
    return Answer(stored, stored, "；".join(labels))


def _row(ask: Ask, row: Mapping[str, Any], number: int, actor: Actor) -> Answers:
    try:
        return clean(ask.asks, row, actor)
    except BadAnswersError as bad:
        text = "；".join(bad.errors.values())
        raise BadAnswerError(
            _("「{title}」第 {number} 行：{text}").format(title=ask.title, number=number, text=text)
        ) from bad


def _several(picked: list[Answer]) -> Answer:
    return Answer([one.value for one in picked], [one.stored for one in picked], "、".join(one.label for one in picked))


_READERS: dict[str, Callable[[Ask, Any, Actor], Answer]] = {
    "text": _text, "longtext": _text, "date": _day, "datetime": _moment, "int": _number, "decimal": _number,
    "bool": _truth, "choice": _choice, "choices": _choices, "reason": _picked, "institution": _picked,
    "department": _picked, "practitioner": _picked, "patient": _picked, "consortium": _picked, "code": _picked,
    "codes": _picked_several, "institutions": _picked_several, "regions": _picked_several, "region": _picked,
    "file": _picked, "pick": _picked, "picks": _picked_several, "rows": _table,
}  # fmt: skip
