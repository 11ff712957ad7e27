"""What carries an article out: rules, steps, deadlines, obligations, indicators, papers, and what others add.

Floors above the kernel add their own kinds through `rules.carrying.sources`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote

from django.utils.translation import gettext as _

from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.documents.paper import papers
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.shelf import frames
from yilian.kernel.rules.carrying import Carrier, sources
from yilian.kernel.rules.parameter import parameters
from yilian.kernel.rules.regulation import Citation, Decision, Ground, Regulation
from yilian.kernel.rules.rule import Rule, rules
from yilian.kernel.workflow.case_type import case_types


@dataclass(frozen=True)
class Carried:
    """An article with everything that carries it out."""

    citation: Citation
    carriers: tuple[Carrier, ...]

    @property
    def heading(self) -> str:
        """Return part and chapter, under which a page groups the articles."""
        return f"{self.citation.article.part} {self.citation.article.chapter}".strip()

    @property
    def is_open(self) -> bool:
        """Say whether the article asks for something that nothing carries out yet."""
        return self._is_asked and not self.carriers

    @property
    def is_worded(self) -> bool:
        """Say whether texts alone carry the article out: words that people may adopt, and nothing that acts."""
        return self._is_asked and bool(self.carriers) and all(one.is_text for one in self.carriers)

    @property
    def _is_asked(self) -> bool:
        return self.citation.article.binds and self.citation.article.is_known


def carried(document: Regulation) -> list[Carried]:
    """Return every article of a document with its carriers."""
    by_article = carriers_by_article()
    return [Carried(citation, tuple(by_article.get(citation.key, ()))) for citation in document.citations()]


def counted(articles: Iterable[Carried]) -> list[tuple[Carrier, int]]:
    """Return how many things of each kind carry a document out, the most first; one that serves many articles once.

    The carrier of each pair stands for its kind.
    """
    things = {(one.kind, one.title, one.address): one for item in articles for one in item.carriers}
    kinds = {one.kind: one for one in things.values()}
    return [(kinds[kind], count) for kind, count in Counter(one.kind for one in things.values()).most_common()]


def carriers_by_article() -> dict[str, list[Carrier]]:
    """Return all carriers by the key of the article they cite."""
    found: dict[str, list[Carrier]] = {}
    for cite, carrier in _all():
        if isinstance(cite, Citation):
            found.setdefault(cite.key, []).append(carrier)
    return found


def rules_by_decision() -> dict[Decision, list[Rule]]:
    """Return the rules that lean on a decision of ours because no article exists."""
    found: dict[Decision, list[Rule]] = {}
    for rule in rules:
        for cite in rule.cite:
            if isinstance(cite, Decision):
                found.setdefault(cite, []).append(rule)
    return found


def _all() -> Iterator[tuple[Ground | None, Carrier]]:
    yield from _rules()
    yield from _flows()
    yield from _numbers()
    yield from _papers()
    yield from chain.from_iterable(source() for source in sources)


def _rules() -> Iterator[tuple[Ground | None, Carrier]]:
    asked = _asked_by()
    for rule in rules:
        where = _("、").join(asked.get(rule.key, ())) or _("按需核验")
        for cite in rule.cite:
            yield cite, Carrier(_("规则"), "primary", str(rule.says), where)


def _asked_by() -> dict[str, list[str]]:
    """Return, for each rule, the steps and openings that ask it."""
    asked: dict[str, list[str]] = {}
    for kind in case_types:
        for rule in kind.opening:
            asked.setdefault(rule.key, []).append(_("{kind}·发起").format(kind=kind.title))
        for step in kind.flow.steps:
            for rule in step.needs:
                asked.setdefault(rule.key, []).append(f"{kind.title}·{step.title}")
    return asked


def _flows() -> Iterator[tuple[Ground | None, Carrier]]:
    for kind in case_types:
        for step in kind.flow.steps:
            if step.cite:
                yield (
                    step.cite,
                    Carrier(_("步骤"), "info", f"{kind.title}·{step.title}", str(step.help), f"/{kind.key}/"),
                )
        for deadline in kind.flow.deadlines:
            parameter = parameters[deadline.parameter]
            title = f"{kind.title}·{kind.state_title(deadline.state)}"
            yield (
                deadline.cite,
                Carrier(_("时限"), "warning", title, str(parameter.title), parameter_address(parameter.key)),
            )


def _numbers() -> Iterator[tuple[Ground | None, Carrier]]:
    for obligation in obligations:
        address = f"/obligations/?only={quote(obligation.key)}"
        for cite in (obligation.cite, *obligation.also):
            yield cite, Carrier(_("义务"), "violet", str(obligation.title), obligation.sentence, address)
    for indicator in indicators:
        address = f"/indicators/{quote(indicator.key)}/"
        yield indicator.cite, Carrier(_("指标"), "success", str(indicator.title), str(indicator.help), address)
    for frame in frames:
        address = f"/indicators/?frame={quote(frame.key)}"
        yield frame.cite, Carrier(_("考核指标"), "success", f"{frame.framework}·{frame.title}", "", address)
    for parameter in parameters:
        shown = parameter.shown(parameter.default)
        yield (
            parameter.cite,
            Carrier(_("参数"), "default", str(parameter.title), shown, parameter_address(parameter.key)),
        )


def _papers() -> Iterator[tuple[Ground | None, Carrier]]:
    for paper in papers:
        kind = case_types[paper.case_type]
        for cite in paper.cites:
            yield cite, Carrier(_("文书"), "info", str(paper.title), str(kind.title), f"/{kind.key}/")


def parameter_address(key: str) -> str:
    return f"/parameters/{quote(key)}/"
