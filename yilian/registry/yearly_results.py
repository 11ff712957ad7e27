"""Where an assessment hands a year's result of a consortium to whoever keeps the consortium's life (S3 17 to 20)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case
from yilian.registry.consortia import authority_for
from yilian.registry.models import Consortium, Institution


@dataclass(frozen=True)
class YearResult:
    """What a year came to: points out of a hundred, the dimensions (by their Chinese titles) with their weights."""

    consortium: Consortium
    year: int
    scores: Mapping[str, Decimal]
    weights: Mapping[str, Decimal]
    total: Decimal
    pass_mark: Decimal
    is_passed: bool


class Keeper(Protocol):
    """Whoever keeps the life of consortia."""

    def authority_of(self, consortium: Consortium) -> Institution | None:
        """Return the authority a consortium answers to."""

    def pass_mark(self, consortium: Consortium) -> Decimal | None:
        """Return the pass mark of its yearly assessment, or None for a kind that knows none."""

    def takes(self, consortium: Consortium, first: date, last: date) -> bool:
        """Say whether the result of these days counts in its life."""

    def against(self, consortium: Consortium, year: int, authority_id: int | None) -> list[str]:
        """Return what stands against publishing a year, in sentences."""

    def publish(self, result: YearResult, *, by: Actor, case: Case) -> str:
        """Take a result in and return the words for how the consortium then stands."""


keepers: list[Keeper] = []


def keeper_for(consortium: Consortium, first: date, last: date) -> Keeper | None:
    """Return who takes the result of these days, or None: then it has no consequences of this kind."""
    return next((one for one in keepers if one.takes(consortium, first, last)), None)


def authority_of(consortium: Consortium) -> Institution | None:
    """Return the authority a consortium answers to: as its keeper says, else the nearest to its region."""
    for keeper in keepers:
        return keeper.authority_of(consortium)
    return authority_for(consortium.region_id or (consortium.lead.region_id if consortium.lead else None))


def pass_mark_of(consortium: Consortium) -> Decimal | None:
    """Return the pass mark that regulations of its kind set, or None."""
    return next((mark for one in keepers if (mark := one.pass_mark(consortium)) is not None), None)
