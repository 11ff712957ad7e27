"""Refusals: named, and each with sentences that say what to do and which article asks it."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yilian.kernel.rules.regulation import Ground
from yilian.kernel.rules.rule import Broken


@dataclass(frozen=True)
class Reason:
    """Why something is refused: a sentence, its source, and the first day on which it would pass."""

    kind: str
    text: str
    citations: tuple[Ground, ...] = ()
    passes_on: date | None = None
    field: str = ""


class Refused(Exception):
    """Something is not allowed; `reasons` holds every reason at once."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("\n".join(reason.text for reason in reasons))
        self.reasons = reasons


class StepRefused(Refused):
    """The step is known but not open now."""


class OpeningRefused(Refused):
    """A case of this type cannot be opened like this."""


class NotYours(Refused):
    """The actor's institution plays no side that may do this."""


class StaleFactsError(ValidationError):
    """Somebody else has changed a noun since it was read; the sentence stands beside `version`."""


class StaleVersion(Refused):
    """Somebody else changed the case since it was read; `is_over`: so that the step would be refused on any version."""

    is_over = False


class KeyReused(Refused):
    """The idempotency key was used before for a different request, which led to this case."""

    def __init__(self, reasons: list[Reason], number: str) -> None:
        super().__init__(reasons)
        self.number = number


class UnknownStep(LookupError):
    """The case type has no such step."""


def from_broken(broken: list[Broken]) -> list[Reason]:
    """Turn broken rules into reasons."""
    return [Reason("rule", item.sentence(), item.citations, item.passes_on) for item in broken]


def from_errors(errors: dict[str, str]) -> list[Reason]:
    """Turn bad answers into reasons, each beside its question."""
    return [Reason("answer", text, field=name) for name, text in errors.items()]


def from_validation(invalid: ValidationError) -> list[Reason]:
    """Turn what a writer called by an effect found wrong into reasons."""
    return [Reason("rule", sentence) for sentence in invalid.messages]


def stale(have: int, want: int, last: str, *, is_over: bool = False) -> StaleVersion:
    """Return the refusal of a write on an old version; `last` says who changed the case and how."""
    text = _("此事项已被更新（{last}），您看到的是第 {want} 版，现为第 {have} 版。请刷新后再办理。")
    refusal = StaleVersion([Reason("version", text.format(last=last, want=want, have=have))])
    refusal.is_over = is_over
    return refusal
