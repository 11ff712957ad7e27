"""Official papers as domains declare them: what is printed, from which template, by whom, and when it lapses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import yilian
from yilian.kernel.documents.manuscript import Manuscript
from yilian.kernel.documents.wording import Field, faults
from yilian.kernel.registries import Registry
from yilian.kernel.rules.regulation import Citation
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.flow import Party

if TYPE_CHECKING:
    from yilian.kernel.access.actor import Actor
    from yilian.kernel.workflow.models import Case

ROOT = Path(yilian.__file__).parent
LAPSED = _("本文书已失效")
NUMBER_PARTS = frozenset(("year", "serial", "case"))


class PaperError(ValueError):
    """A paper is declared wrongly."""


@dataclass(frozen=True)
class Paper:
    """A kind of official paper of one case type.

    `template` is a typst file inside the package; it imports letter.typ or form.typ and reads `data`, which is what
    `context(case)` returns (JSON values, dates as ISO strings). `unfit(case, actor)` may say why this paper is none of
    this case. `number_format` names {serial} (counted per institution and year) and may name {year} and {case}.
    `by` are the parties that may issue it, `states` when (empty: always). In a state of `lapses_in` the paper is no
    longer valid: the verification page says so, and copies carry `stamp` with what `reason(case)` says.
    `manuscript(values)` reads those values for an editable copy; sheets to fill in by hand have none.
    A letter may have a `wording`, a text file that offices change: then `context` returns the values of its `fields`.
    `cites` are the articles that want this paper.
    """

    key: str
    case_type: str
    title: str | Promise
    template: Path
    context: Callable[["Case"], Mapping[str, Any]]
    number_format: str
    by: tuple[Party, ...]
    states: tuple[str, ...] = ()
    lapses_in: tuple[str, ...] = ()
    stamp: str | Promise = LAPSED
    reason: Callable[["Case"], str] | None = None
    unfit: Callable[["Case", "Actor"], str] | None = None
    manuscript: Callable[[Mapping[str, Any]], Manuscript] | None = None
    wording: Path | None = None
    fields: tuple[Field, ...] = ()
    cites: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        if not self.template.is_file() or not self.template.is_relative_to(ROOT):
            raise PaperError(f"{self.key}: no template {self.template} inside the package")
        if self.wording and (wrong := faults(self.wording.read_text(encoding="utf-8"), self.fields)):
            raise PaperError(f"{self.key}: {'; '.join(wrong)}")
        named = {name for _text, name, _spec, _conversion in Formatter().parse(self.number_format) if name}
        if "serial" not in named or named - NUMBER_PARTS:
            raise PaperError(f"{self.key}: a number has {{serial}} and knows {', '.join(sorted(NUMBER_PARTS))}")

    def number(self, *, year: int, serial: int, case_number: str) -> str:
        """Return the document number, such as 转〔2026〕0007号."""
        return self.number_format.format(year=year, serial=serial, case=case_number)


class _Papers(Registry[Paper]):
    def add(self, item: Paper) -> Paper:
        """Declare a paper after its case type; raise PaperError when its states, sides or numbers do not fit."""
        case_type = case_types[item.case_type]
        strange = {*item.states, *item.lapses_in} - set(case_type.states)
        if strange:
            raise PaperError(f"{item.key}: {item.case_type} has no state {', '.join(sorted(strange))}")
        for party in item.by:
            case_type.side(party.side)
        if any(other.number_format == item.number_format for other in self):
            raise PaperError(f"{item.key}: another paper has the same numbers")
        return super().add(item)

    def of(self, case_type: str) -> list[Paper]:
        """Return the papers of a case type, in the order of declaration."""
        return [paper for paper in self if paper.case_type == case_type]


papers: _Papers = _Papers("paper")
