"""A formula: which rows of a fact an indicator counts or adds up, in a text that people read and engines carry out."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from yilian.kernel.indicators.parsing import parse
from yilian.kernel.indicators.refusal import FormulaRefused
from yilian.kernel.indicators.tree import Aggregate
from yilian.kernel.indicators.typing_rules import Vocabulary
from yilian.kernel.lake.fact import facts


@dataclass(frozen=True)
class Formula:
    """What is counted of a fact: `part`, and of what `whole` if it is a ratio. Rows count at the institution in `at`.

    Both are texts of the grammar in `parsing`. The ratio is divided once, outside every engine.
    """

    fact: str
    at: str
    part: str
    whole: str = ""

    @cached_property
    def aggregates(self) -> tuple[Aggregate, ...]:
        """Return the tree of the part, and of the whole if there is one. Raises FormulaRefused."""
        fact = facts.get(self.fact)
        if fact is None:
            known = _("、").join(str(fact.title) for fact in facts)
            raise FormulaRefused(_("没有“{key}”这类数据；可用：{known}").format(key=self.fact, known=known))
        if self.at not in fact.institutions:
            known = _("、").join(map(str, fact.institutions.values()))
            raise FormulaRefused(_("{fact}没有“{at}”这个机构；可用：{known}").format(
                fact=fact.title, at=self.at, known=known))  # fmt: skip
        words = Vocabulary(fact, self.at)
        return tuple(_parsed(name, text, words) for name, text in self._texts())

    def check(self) -> None:
        """Raise FormulaRefused when a text cannot be used."""
        self.aggregates  # noqa: B018 - reading it is the check

    @property
    def is_distinct(self) -> bool:
        """Whether it counts different values, so that it has to be counted anew for every span and group."""
        return any(tree.is_distinct for tree in self.aggregates)

    @property
    def text(self) -> str:
        """Return both texts, as `part / whole`."""
        return f"{self.part} / {self.whole}" if self.whole else self.part

    def _texts(self) -> list[tuple[str, str]]:
        return [(_("分子"), self.part), *([(_("分母"), self.whole)] if self.whole.strip() else [])]


def _parsed(name: str, text: str, words: Vocabulary) -> Aggregate:
    try:
        return parse(text, words)
    except FormulaRefused as refused:
        raise FormulaRefused(_("{name}：{said}").format(name=name, said=refused.sentence)) from refused
