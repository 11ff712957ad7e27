"""Reading and changing the values of parameters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.almanac.keeping import distrust, kept
from yilian.kernel.rules.models import ParameterValue
from yilian.kernel.rules.parameter import Parameter, Value, parameters


class Person(Protocol):
    """Whoever acts: anything with a user and a name."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


class ValueRefused(ValueError):
    """A change of a parameter is refused; the message says why."""


class ValueReserved(ValueRefused):
    """A consortium sets this value by resolution; the message says whose and how."""


@dataclass(frozen=True)
class Setting:
    """The value in force and the row it comes from; no row means the default."""

    parameter: Parameter
    value: Value
    row: ParameterValue | None = None

    @property
    def is_unconfirmed(self) -> bool:
        """Say whether the value is a default that no source prescribes: 默认值，待本地核定."""
        return self.row is None and not self.parameter.is_sourced

    @property
    def shown(self) -> str:
        return self.parameter.shown(self.value)


def value_of(
    key: str, institution_id: int | None = None, consortium_id: int | None = None, on: date | None = None
) -> Value:
    """Return the value in force on a day (today): of the institution, else the consortium, else the installation.

    The latest row of each scope speaks, the most specific first, unless it is empty. Raises UnknownKeyError for a
    parameter nobody declared. Answers from memory, since every step of a case asks.
    """
    parameter, day = parameters[key], on or clock.today()
    heard: dict[int, str | None] = {}
    for institution, consortium, since, value in _ever_set(key):
        scope = _scope(institution, consortium, institution_id, consortium_id)
        if scope and since <= day:
            heard.setdefault(scope, value)
    speaking = [value for _scope, value in sorted(heard.items()) if value is not None]
    return parameter.read(speaking[0]) if speaking else parameter.default


def setting_of(
    key: str, institution_id: int | None = None, consortium_id: int | None = None, on: date | None = None
) -> Setting:
    """Return the value in force with the row it comes from."""
    parameter = parameters[key]
    rows = _rows(institution_id, consortium_id, on).filter(key=key)
    return _setting(parameter, rows)


def settings_of(
    institution_id: int | None = None, consortium_id: int | None = None, on: date | None = None
) -> list[Setting]:
    """Return every declared parameter with its value in force, in one query."""
    by_key: dict[str, list[ParameterValue]] = {}
    for row in _rows(institution_id, consortium_id, on):
        by_key.setdefault(row.key, []).append(row)
    return [_setting(parameter, by_key.get(parameter.key, [])) for parameter in parameters]


def values_of(
    keys: Iterable[str], institution_id: int | None = None, consortium_id: int | None = None, on: date | None = None
) -> dict[str, Value]:
    """Return the values in force of several parameters, in one query. Raises UnknownKeyError for an undeclared one."""
    declared = [parameters[key] for key in keys]
    by_key: dict[str, list[ParameterValue]] = {}
    for row in _rows(institution_id, consortium_id, on).filter(key__in=[parameter.key for parameter in declared]):
        by_key.setdefault(row.key, []).append(row)
    return {parameter.key: _setting(parameter, by_key.get(parameter.key, [])).value for parameter in declared}


def history_of(key: str, institution_id: int | None = None, consortium_id: int | None = None) -> list[ParameterValue]:
    """Return every value ever set that matters in this scope, the latest first."""
    scope = Q(institution=None, consortium=None)
    if institution_id is not None:
        scope |= Q(institution=institution_id)
    if consortium_id is not None:
        scope |= Q(consortium=consortium_id)
    return list(ParameterValue.objects.filter(scope, key=key).select_related("institution", "consortium"))


def set_value(
    key: str,
    text: str | None,
    *,
    by: Person,
    effective_from: date,
    ground: str,
    institution_id: int | None = None,
    consortium_id: int | None = None,
    case_id: UUID | None = None,
) -> ParameterValue:
    """Set a parameter from a day on; None gives the decision back to the wider scope. `case_id`: the case that says so.

    Raises BadValueError for a text that is no value of it, ValueRefused for a missing ground or a day that is past,
    ValueReserved where only a resolution may set it and no case is one.
    """
    parameter = parameters[key]
    if consortium_id is not None and case_id is None and (way := parameter.reserved(consortium_id)):
        raise ValueReserved(way)
    if not ground.strip():
        raise ValueRefused(_("请写明修改依据，例如会议决议或文件名称"))
    if effective_from < clock.today():
        raise ValueRefused(_("生效日期不能早于今天：已按原值办理的事项不受追溯"))
    value = None if text is None else parameter.write(parameter.accept(text))
    distrust()
    return ParameterValue.objects.create(
        key=key,
        value=value,
        institution_id=institution_id,
        consortium_id=consortium_id,
        effective_from=effective_from,
        ground=ground.strip(),
        set_by_id=by.user_id,
        set_by_name=by.name,
        set_at=clock.now(),
        case_id=case_id,
    )


@kept
def _ever_set(key: str) -> tuple[tuple[int | None, int | None, date, str | None], ...]:
    """Return (institution, consortium, first day, text) of every value ever set, the latest first."""
    rows = ParameterValue.objects.filter(key=key).order_by("-effective_from", "-id")
    return tuple(rows.values_list("institution_id", "consortium_id", "effective_from", "value"))


def _scope(institution: int | None, consortium: int | None, ours: int | None, of_ours: int | None) -> int | None:
    """Return 1 for a value of our institution, 2 of our consortium, 3 of the installation, None for those of others."""
    if institution is not None:
        return 1 if institution == ours else None
    if consortium is not None:
        return 2 if consortium == of_ours else None
    return 3


def _rows(institution_id: int | None, consortium_id: int | None, on: date | None) -> QuerySet[ParameterValue]:
    """Return the rows in force, the most specific and latest first."""
    scope = Q(institution=None, consortium=None)
    if institution_id is not None:
        scope |= Q(institution=institution_id)
    if consortium_id is not None:
        scope |= Q(consortium=consortium_id)
    return ParameterValue.objects.filter(scope, effective_from__lte=on or clock.today()).order_by(
        F("institution").asc(nulls_last=True), F("consortium").asc(nulls_last=True), "-effective_from", "-id"
    )


def _setting(parameter: Parameter, rows: Iterable[ParameterValue]) -> Setting:
    """Choose among rows, most specific and latest first: the first of each scope speaks, unless it is empty."""
    heard: set[tuple[int | None, int | None]] = set()
    for row in rows:
        scope = (row.institution_id, row.consortium_id)
        if scope in heard:
            continue
        heard.add(scope)
        if row.value is not None:
            return Setting(parameter, parameter.read(row.value), row)
    return Setting(parameter, parameter.default)
