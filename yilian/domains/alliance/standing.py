"""How a consortium stands on a day, derived from its dates and published results; nothing is flipped by a job."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.models import Assessment, Cause, Ending
from yilian.kernel import clock
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Consortium


class Standing(StrEnum):
    PREPARING = "preparing"
    ACTIVE = "active"
    YELLOW = "yellow_card"
    ORDERED = "dissolution_ordered"
    WINDING_UP = "winding_up"
    DISSOLVED = "dissolved"


WORDS = {
    Standing.PREPARING: (_("筹建中"), "info"),
    Standing.ACTIVE: (_("正常运行"), "success"),
    Standing.YELLOW: (_("黄牌警告"), "warning"),
    Standing.ORDERED: (_("责令解散"), "danger"),
    Standing.WINDING_UP: (_("解散清理中"), "danger"),
    Standing.DISSOLVED: (_("已解散"), "default"),
}


@dataclass(frozen=True)
class Result:
    """A year's published result, as far as standing needs it."""

    year: int
    is_passed: bool


def fails_in_a_row(results: Iterable[Result]) -> int:
    """Return how many years running, up to the last assessed one, were failed; a year without a result ends the row."""
    failed, expected = 0, None
    for result in sorted(results, key=lambda item: -item.year):
        if result.is_passed or (expected is not None and result.year != expected):
            break
        failed, expected = failed + 1, result.year - 1
    return failed


def standing_from(
    results: Iterable[Result], *, ended_on: date | None, ending_cause: str | None, on: date, fails_to_dissolve: int = 2
) -> Standing:
    """Return the standing of a founded consortium from its facts (S3 19)."""
    if ended_on is not None and ended_on <= on:
        return Standing.DISSOLVED
    fails = fails_in_a_row(results)
    if fails >= fails_to_dissolve or ending_cause == Cause.FAILED:
        return Standing.ORDERED
    if ending_cause:
        return Standing.WINDING_UP
    return Standing.YELLOW if fails else Standing.ACTIVE


def standing_of(consortium: Consortium, on: date | None = None) -> Standing:
    """Return how a consortium stands on a day (today)."""
    return standings_of([consortium], on)[consortium.pk]


def standings_of(consortia: Iterable[Consortium], on: date | None = None) -> dict[int, Standing]:
    """Return the standing of each consortium by key, in two queries."""
    day, wanted = on or clock.today(), list(consortia)
    keys = [consortium.pk for consortium in wanted]
    results: dict[int, list[Result]] = {}
    for row in Assessment.objects.filter(consortium__in=keys, published_on__lte=day):
        results.setdefault(row.consortium_id, []).append(Result(row.year, row.is_passed))
    causes = dict(Ending.objects.filter(consortium__in=keys, ordered_on__lte=day).values_list("consortium_id", "cause"))
    limit = int(value_of("alliance.fails_to_dissolve", on=day))
    return {
        consortium.pk: standing_from(
            results.get(consortium.pk, []),
            ended_on=consortium.ended_on,
            ending_cause=causes.get(consortium.pk),
            on=day,
            fails_to_dissolve=limit,
        )
        for consortium in wanted
    }


def is_ordered_to_dissolve(consortium: Consortium) -> bool:
    """Say whether a consortium was ordered to dissolve, or has done so."""
    return standing_of(consortium) in (Standing.ORDERED, Standing.WINDING_UP, Standing.DISSOLVED)
