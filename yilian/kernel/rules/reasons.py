"""Lists of coded reasons: declared by domains, kept as rows that offices may change."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from yilian.kernel import clock
from yilian.kernel.almanac.keeping import kept
from yilian.kernel.registries import Registry
from yilian.kernel.rules.models import ReasonCode


@dataclass(frozen=True)
class Reason:
    """A reason as it is shipped; no sides means every side may use it."""

    code: str
    title: str | Promise
    sides: tuple[str, ...] = ()
    comment_required: bool = False
    cancels_all: bool = False
    suggests_next: bool = False


@dataclass(frozen=True)
class ReasonList:
    """A named list of reasons, as it is shipped."""

    key: str
    title: str | Promise
    reasons: tuple[Reason, ...]


reason_lists: Registry[ReasonList] = Registry("reason list")


def reasons(list_key: str, side: str | None = None, on: date | None = None) -> list[ReasonCode]:
    """Return the reasons of a list that may be used on a day (today) by a side (any), in order. Nobody changes them."""
    day = on or clock.today()
    return [row for row in _listed(list_key) if row.is_valid(day) and (side is None or row.is_for(side))]


def reason(list_key: str, code: str) -> ReasonCode | None:
    """Return one reason, valid today or not, or None when the list has no such code. Nobody changes it."""
    return next((row for row in _listed(list_key) if row.code == code), None)


@kept
def _listed(list_key: str) -> tuple[ReasonCode, ...]:
    return tuple(ReasonCode.objects.filter(list_key=list_key))


def sync_reasons(*, using: str = "default") -> int:
    """Write the shipped reasons that are missing and follow changes of those nobody edited; return how many rows."""
    known = {(row.list_key, row.code): row for row in ReasonCode.objects.using(using)}
    written = 0
    for shipped, position, item in _shipped():
        row = known.get((shipped.key, item.code))
        if row is None:
            row = ReasonCode(list_key=shipped.key, code=item.code)
        elif row.is_edited or not _differs(row, item, position):
            continue
        for name, value in _fields(item, position).items():
            setattr(row, name, value)
        row.save(using=using)
        written += 1
    return written


def sync_after_migrate(*, using: str, **rest: Any) -> None:
    """Receive post_migrate: keep the shipped reasons in the tables that were just migrated."""
    sync_reasons(using=using)


def _shipped() -> list[tuple[ReasonList, int, Reason]]:
    return [(listed, position, item) for listed in reason_lists for position, item in enumerate(listed.reasons)]


def _fields(item: Reason, position: int) -> dict[str, Any]:
    # The row keeps the Chinese title, which is the message id; `ReasonCode.label` translates it.
    with translation.override("zh-hans"):
        title = str(item.title)
    return {
        "title": title,
        "position": position,
        "sides": list(item.sides),
        "comment_required": item.comment_required,
        "cancels_all": item.cancels_all,
        "suggests_next": item.suggests_next,
    }


def _differs(row: ReasonCode, item: Reason, position: int) -> bool:
    return any(getattr(row, name) != value for name, value in _fields(item, position).items())
