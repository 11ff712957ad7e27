"""Rules: facts that must hold, said in one sentence, each citing its article."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from yilian.kernel.registries import Registry
from yilian.kernel.rules.regulation import Ground


@dataclass(frozen=True)
class Verdict:
    """What a check found: held, not held, or unknown (None).

    `detail` names what is wrong with this subject; `passes_on` is the first day on which the rule will hold.
    """

    holds: bool | None
    detail: str = ""
    passes_on: date | None = None


@dataclass(frozen=True)
class Rule:
    """A fact that must hold. `says` is the sentence a person reads; `cite` is never empty."""

    key: str
    says: str | Promise
    cite: tuple[Ground, ...]
    function: Callable[..., Any] = field(repr=False)
    takes: frozenset[str] | None = field(default=None, repr=False)

    def check(self, subject: Any, **context: Any) -> Verdict:
        """Ask the rule about a subject, with the context it names. What it raises is a bug and passes through."""
        if self.takes is not None:
            context = {name: value for name, value in context.items() if name in self.takes}
        answer = self.function(subject, **context)
        return answer if isinstance(answer, Verdict) else Verdict(None if answer is None else bool(answer))


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold, or of which nobody can say whether it does."""

    rule: Rule
    detail: str = ""
    passes_on: date | None = None
    is_unknown: bool = False

    @property
    def says(self) -> str:
        return str(self.rule.says)

    @property
    def citations(self) -> tuple[Ground, ...]:
        return self.rule.cite

    @property
    def citation(self) -> Ground:
        """Return the first article the rule cites."""
        return self.rule.cite[0]

    def sentence(self) -> str:
        """Return the refusal in the reader's language: what must hold, what is wrong, from when on, and the source."""
        says = _("无法判断是否满足：{says}").format(says=self.says) if self.is_unknown else self.says
        parts = [says, self.detail] if self.detail else [says]
        if self.passes_on:
            parts.append(_("最早自 {day} 起满足").format(day=self.passes_on.isoformat()))
        text = _("；").join(part.rstrip("。.；; ") for part in parts)
        return _("{text}（依据：{source}）").format(
            text=text, source=_("、").join(str(cite) for cite in self.citations)
        )


rules: Registry[Rule] = Registry("rule")


def rule(
    says: str | Promise, *, cite: Ground | Iterable[Ground], key: str | None = None
) -> Callable[[Callable[..., Any]], Rule]:
    """Turn a function `(subject, **context) -> bool | None | Verdict` into a registered Rule.

    None means unknown. `cite` is a Citation, several, or a Decision; raises ValueError when it is empty.
    The key is the module and name of the function unless given.
    """
    grounds = tuple(cite) if isinstance(cite, tuple | list) else (cite,)
    if not grounds:
        raise ValueError("a rule cites at least one article or decision")

    def declare(function: Callable[..., Any]) -> Rule:
        name = key or _key_of(function)
        return rules.add(Rule(name, says, grounds, function, _named_context(function)))

    return declare


def evaluate(rules: Iterable[Rule], subject: Any, **context: Any) -> list[Broken]:
    """Ask every rule and return all that do not hold, in order; an unknown answer does not hold."""
    found = []
    for item in rules:
        verdict = item.check(subject, **context)
        if not verdict.holds:
            found.append(Broken(item, verdict.detail, verdict.passes_on, verdict.holds is None))
    return found


def _key_of(function: Callable[..., Any]) -> str:
    """Return "referral.summary_is_written" for yilian.domains.referral.rules.summary_is_written."""
    floors = {"yilian", "domains", "registry", "kernel"}
    rooms = [part for part in function.__module__.split(".") if part not in floors]
    if rooms and rooms[-1] == "rules":
        rooms.pop()
    return ".".join([*rooms, function.__name__])


def _named_context(function: Callable[..., Any]) -> frozenset[str] | None:
    """Return the names of the context a check takes, or None when it takes any."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return None
    return frozenset(parameter.name for parameter in parameters)
