"""What a formula says once it was read: a small typed tree that every engine can carry out alike (docs/adr/0164).

The nodes are the portable core and nothing else. There is no division, rounding, modulo, float or text length among
them, since engines disagree there without saying so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from yilian.kernel.lake.fact import Kind


class Verb(StrEnum):
    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"


@dataclass(frozen=True)
class Col:
    """A column of the row, or of what is known of an institution of the row: then `place` is the institution column."""

    name: str
    kind: Kind
    place: str = ""


@dataclass(frozen=True)
class Lit:
    """A number or a code written out."""

    value: int | str


@dataclass(frozen=True)
class Span:
    """A length of time: whole minutes or whole days."""

    minutes: int = 0
    days: int = 0


@dataclass(frozen=True)
class Later:
    """A moment or date and how much later."""

    of: "Row"
    span: Span


@dataclass(frozen=True)
class Sum:
    """Two integers together; `sign` is 1 or -1."""

    left: "Row"
    right: "Row"
    sign: int


@dataclass(frozen=True)
class Prefix:
    """The first characters of a code."""

    of: Col
    length: int


@dataclass(frozen=True)
class Compare:
    """Two values of one kind compared; `sign` is one of == != < <= > >=."""

    left: "Row"
    sign: str
    right: "Row"


@dataclass(frozen=True)
class Among:
    """A code or number that is one of those listed."""

    of: "Row"
    values: tuple[int | str, ...]


@dataclass(frozen=True)
class Known:
    """The column holds something."""

    of: Col


@dataclass(frozen=True)
class Not:
    of: "Row"


@dataclass(frozen=True)
class All:
    """Every one of these holds."""

    of: tuple["Row", ...]


@dataclass(frozen=True)
class Any:
    """At least one of these holds."""

    of: tuple["Row", ...]


Row = Col | Lit | Later | Sum | Prefix | Compare | Among | Known | Not | All | Any


@dataclass(frozen=True)
class Aggregate:
    """An integer over the rows of a group: how many, the sum of a column, how many different values of it."""

    verb: Verb
    of: Row | None = None
    where: Row | None = None

    @property
    def is_distinct(self) -> bool:
        """Whether it cannot be added up over months or institutions."""
        return self.verb is Verb.DISTINCT


def condition_of(tree: Aggregate) -> Row | None:
    """Return what a row must be to count: the condition, and something known where something is added up; or None."""
    known = [Known(col) for col in columns(tree.of)] if tree.of is not None else []
    parts = ([tree.where] if tree.where is not None else []) + known
    return All(tuple(parts)) if parts else None


def columns(node: Aggregate | Row | None) -> Iterator[Col]:
    """Yield every column that a tree reads, as often as it does."""
    match node:
        case Col():
            yield node
        case Later(of=inner) | Prefix(of=inner) | Among(of=inner) | Known(of=inner) | Not(of=inner):
            yield from columns(inner)
        case Sum(left=one, right=other) | Compare(left=one, right=other):
            yield from columns(one)
            yield from columns(other)
        case All(of=parts) | Any(of=parts):
            for part in parts:
                yield from columns(part)
        case Aggregate(of=inner, where=where):
            yield from columns(inner)
            yield from columns(where)
