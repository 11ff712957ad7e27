"""What a case says, as people read it: the answers of its form with titles instead of codes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.gate import kept_answer
from yilian.kernel.workflow.lookups import lookups
from yilian.kernel.workflow.models import Case


@dataclass(frozen=True)
class Fact:
    """One line of a section card; a table has `heads` and `rows` instead of a text."""

    title: str
    text: str
    is_wide: bool = False
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.text or self.rows)


@dataclass
class Group:
    """The facts under one heading; questions that may stay open and did are only named."""

    heading: str
    facts: list[Fact] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)


Portrait = Callable[[Any, Actor], list[tuple[str, str]]]
portraits: dict[str, Portrait] = {}
"""By kind of question: what else people want to know of the person or place that was chosen."""


def facts_of(case: Case, actor: Actor, asks: Iterable[Ask] | None = None) -> list[Group]:
    """Return the answered form (or the answers to other questions) under its section headings."""
    found: dict[str, Group] = {}
    for ask in case.case_type.form if asks is None else asks:
        if not ask.is_asked(partial(kept_answer, case)):
            continue
        heading = str(ask.section or _("基本信息"))
        group = found.setdefault(heading, Group(heading))
        fact = _fact(case, ask, actor)
        if fact.is_answered or ask.required:
            group.facts += [fact, *_portrait(case, ask, actor)]
        else:
            group.unanswered.append(fact.title)
    return list(found.values())


def _portrait(case: Case, ask: Ask, actor: Actor) -> list[Fact]:
    row = getattr(case, ask.name, None)
    if row is None or ask.kind not in portraits:
        return []
    return [Fact(title, text) for title, text in portraits[ask.kind](row, actor) if text]


def _fact(case: Case, ask: Ask, actor: Actor) -> Fact:
    if ask.kind == "rows":
        return _table(str(ask.title), ask, getattr(case, ask.name, None) or [], actor)
    text = text_of(case, ask, actor)
    return Fact(str(ask.title), text, ask.kind == "longtext" or len(text) > 40)


def _table(title: str, ask: Ask, rows: list[dict[str, Any]], actor: Actor) -> Fact:
    heads = tuple(str(column.title) for column in ask.asks)
    texts = tuple(tuple(_words(column, row.get(column.name), actor) for column in ask.asks) for row in rows)
    return Fact(title, "", True, heads, texts)


def text_of(case: Case, ask: Ask, actor: Actor) -> str:
    """Return what the case answers to a question, in words; empty when nothing is known."""
    named = getattr(case, f"{ask.name}_name", "")
    if named:
        return str(named)
    value = getattr(case, ask.name, None)
    if isinstance(value, Model):
        return str(value)
    if ask.name == "priority" and value is not None:
        return _urgency(case.case_type, value)
    return _words(ask, value, actor)


def _urgency(case_type: CaseType, value: int) -> str:
    return next((str(title) for number, title, _tone in case_type.priorities if number == value and title), str(value))


def _words(ask: Ask, value: Any, actor: Actor) -> str:
    """Return an answer as people read it."""
    if value is None or value in ("", []):
        return ""
    return _titles(ask, value) if ask.kind in ("choice", "choices") else _plain(ask, value, actor)


def _plain(ask: Ask, value: Any, actor: Actor) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if ask.lookup not in lookups:
        return str(value)
    resolved = [lookups[ask.lookup].resolve(actor, one, ask.source) for one in _several(value)]
    return _("、").join(found.label for found in resolved if found is not None) or str(value)


def _titles(ask: Ask, value: Any) -> str:
    titles = {str(key): str(title) for key, title in ask.choices}
    return _("、").join(titles.get(str(one), str(one)) for one in _several(value))


def _several(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else [value]
