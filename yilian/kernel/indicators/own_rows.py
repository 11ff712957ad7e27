"""The rows behind a number over what members feed: read from the lake, for the institution that fed them and no other.

No row security guards the lake: `open_rows` is the only door (docs/adr/0240). DuckDB is imported when it is used.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import mask_of, titles_of
from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.catalogue import Edition, editions
from yilian.kernel.indicators.engines.question import Answer, EngineError, Question
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Extent
from yilian.kernel.indicators.results import totals
from yilian.kernel.indicators.spans import of_period
from yilian.kernel.indicators.tree import Aggregate, Verb, columns, condition_of
from yilian.kernel.lake.fact import Column, Fact, Kind, facts
from yilian.kernel.lake.manifest import BrokenManifestError, Manifest, read_manifest

if TYPE_CHECKING:
    from yilian.kernel.indicators.engines.duck import DuckEngine

Pair = tuple[int | None, int | None]
DATED = (Kind.DATE, Kind.MOMENT)


class RowsClosedError(Exception):
    """The reader may not read these rows, or nobody can just now; the message is for people."""


@dataclass(frozen=True)
class OwnRows:
    """The rows of one institution that the numerator (or the denominator) of a number counts.

    `months` are those that are listed; `is_whole` says whether they are all of the period of which there are rows.
    """

    formula: Formula
    key: str
    extent: Extent
    institution_id: int
    tree: Aggregate
    months: tuple[int, ...]
    is_whole: bool
    manifest: Manifest

    @property
    def fact(self) -> Fact:
        return facts[self.formula.fact]

    @cached_property
    def columns(self) -> list[Column]:
        """What is shown of a row: its dates, and what the formula looks at."""
        asked = {col.name for tree in self.formula.aggregates for col in columns(tree) if not col.place}
        return [column for column in self.fact.columns if column.name in asked or column.kind in DATED]

    @cached_property
    def count(self) -> int:
        """How many rows are listed. Raises RowsClosedError."""
        return self._number_of_rows(self._fed_here)

    @cached_property
    def fed_by_others(self) -> int:
        """How many rows count here besides that another institution fed. Raises RowsClosedError."""
        same = self.formula.at == self.fact.feeder
        return 0 if same else self._number_of_rows(self._counted_here) - self.count

    def page(self, start: int, most: int) -> list[tuple[Any, ...]]:
        """Return number in the source, month (yyyymm) and the columns of rows, the newest month first.

        Raises RowsClosedError.
        """
        if start >= self.count:
            return []
        names = [column.name for column in self.columns]
        with _readable():
            found = self._fed_here.rows(self._question([self.tree]), names, start=start, most=most)
        return [(row_key.partition(":")[2], *rest) for row_key, *rest in found]

    def now(self) -> Pair:
        """Return numerator and denominator over the rows of this moment, those fed by others included; None: unknown.

        They are added up as stored ones are: without the months of which nothing is known. Raises RowsClosedError.
        """
        trees = self.formula.aggregates
        question = self._question(trees, is_monthly=not self.formula.is_distinct)
        said = self._answers(self._counted_here, question)
        known = [numbers for *_group, numbers in said if numbers[0] is not None]
        wholes = [numbers[1] for numbers in known if numbers[1] is not None] if len(trees) > 1 else []
        return sum(numbers[0] or 0 for numbers in known) if known else None, sum(wholes) if wholes else None

    def then(self) -> tuple[Pair, datetime | None]:
        """Return numerator and denominator of this institution as they were stored, and as of when."""
        place, circle = self.institution_id, self.extent.consortium_id
        found = totals([self.key], institution_ids=[place], consortium_id=circle, period=self.extent.period)
        total = found[self.key][place]
        return (total.part, total.whole), total.as_of

    @cached_property
    def _counted_here(self) -> "DuckEngine":
        return self._engine({self.formula.at: self.institution_id})

    @cached_property
    def _fed_here(self) -> "DuckEngine":
        both = {self.formula.at: self.institution_id, self.fact.feeder: self.institution_id}
        return self._counted_here if len(both) == 1 else self._engine(both)

    def _engine(self, only: dict[str, int]) -> "DuckEngine":
        from yilian.kernel.indicators.engines.duck import DuckEngine

        return DuckEngine(self.manifest, only)

    def _number_of_rows(self, engine: "DuckEngine") -> int:
        question = self._question([Aggregate(Verb.COUNT, where=condition_of(self.tree))])
        return sum(numbers[0] or 0 for *_group, numbers in self._answers(engine, question))

    def _answers(self, engine: "DuckEngine", question: Question) -> list[Answer]:
        with _readable():
            return engine.answer(question) if self.months else []

    def _question(self, trees: Sequence[Aggregate], *, is_monthly: bool = False) -> Question:
        months = {month: month if is_monthly else self.months[0] for month in self.months}
        return Question(self.fact, self.formula.at, tuple(trees), months)


def open_rows(key: str, extent: Extent, actor: Actor, *, of_part: bool) -> OwnRows | None:
    """Return the rows that the reader's institution fed behind a number; None where no definition holds.

    The definition is the one by which the last month of the period is counted in the scope, a consortium's own before
    what is shipped. Raises RowsClosedError.
    """
    mine = actor.institution_id
    months = of_period(extent.period)
    edition = _edition(key, extent.consortium_id, months[-1])
    if edition is None or edition.formula is None:
        return None
    fact = facts[edition.formula.fact]
    if not fact.readers or extent.institution_id not in (None, mine):
        raise RowsClosedError(_("逐条记录只给报送它的机构看，其他机构患者的记录不显示；这里只有分子和分母。"))
    if not actor.may(*fact.readers):
        named = _("、").join(titles_of(mask_of(fact.readers)))
        raise RowsClosedError(
            _("逐条记录只给报送它的机构里这些岗位的人看：{named}；这里只有分子和分母。").format(named=named)
        )
    with _readable():
        manifest = read_manifest()
    there = {part.month for part in manifest.of(fact.key, months[0], months[-1]) if part.rows}
    held = [month for month in months if month in there]
    kept = [month for month in held if edition == _edition(key, extent.consortium_id, month)]
    if extent.consortium_id is not None and (extent.institution_id is None or edition.consortium_id is not None):
        belonged = {
            month for place, circle, month in belonging.members(months[0], months[-1])
            if (place, circle) == (mine, extent.consortium_id)
        }  # fmt: skip
        kept = [month for month in kept if month in belonged]
    tree = edition.formula.aggregates[0 if of_part else -1]
    return OwnRows(edition.formula, key, extent, mine, tree, tuple(kept), kept == held, manifest)


def _edition(key: str, consortium_id: int | None, month: int) -> Edition | None:
    """Return the definition by which a month is counted within a consortium, its own before what is shipped."""
    found = [edition for edition in editions() if edition.key == key and edition.holds(month)]
    own = [edition for edition in found if edition.consortium_id == consortium_id]
    return next(iter(own or [edition for edition in found if edition.consortium_id is None]), None)


@contextmanager
def _readable() -> Iterator[None]:
    """Raise RowsClosedError with a sentence where the lake cannot be read."""
    try:
        yield
    except (EngineError, BrokenManifestError, OSError) as error:
        raise RowsClosedError(_("数据湖此刻读不到，逐条记录打不开；请稍后再试，仍不行请联系管理员。")) from error
