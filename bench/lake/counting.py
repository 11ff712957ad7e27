"""The numbers themselves, by the engine of the product: 21 indicators that can be compared, and the whole library."""

import hashlib
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.lake.making import CONSORTIUM, FIRST, INSTITUTIONS, MONTHS
from bench.lake.spending import cheapest

if TYPE_CHECKING:
    from yilian.kernel.indicators.catalogue import Edition
    from yilian.kernel.indicators.engines.question import Answer, Engine, Question
    from yilian.kernel.indicators.planning import Ground, Work
    from yilian.kernel.lake.manifest import Manifest

COMPARABLE = (
    "service.visits", "service.discharges", "service.stay_days", "cost.visit", "cost.stay_all", "cost.drug_share",
    "cost.reimbursed_share", "service.local_share", "infection.share", "quality.adverse_told_share",
    "quality.died_share", "service.tcm_share", "service.visits_per_patient", "service.high_surgery_share",
    "service.primary_share", "quality.readmitted_share", "referral.got", "referral.in_time_share", "referral.sent_up",
    "recognition.rate", "quality.critical_told_share",
)  # fmt: skip
"""Twenty that add up and one that counts different patients, over encounters, orders, and referrals from both sides."""


def comparable(chosen: Namespace) -> dict[str, Any]:
    """Count the 21 for every institution and month."""
    return by_institution(chosen, editions_of(COMPARABLE))


def additive(chosen: Namespace) -> dict[str, Any]:
    """Count the 20 that add up."""
    return by_institution(chosen, [edition for edition in editions_of(COMPARABLE) if edition.indicator.is_additive])


def library(chosen: Namespace) -> dict[str, Any]:
    """Count everything that ships as the product does: members and consortia, months and, of people, longer spans.

    Each round has an engine of its own, since an engine keeps what it told apart.
    """
    from yilian.kernel.indicators.engines.duck import DuckEngine
    from yilian.kernel.indicators.spans import LENGTHS

    manifest = lake_of(chosen)
    works = works_of(shipped(), last_months(chosen.months), LENGTHS)
    on = ground_of(manifest)
    counted, cost = cheapest(
        lambda: count(DuckEngine(manifest), on, works), chosen.rounds
    )  # an engine keeps what it saw
    return _said(cost, indicators=len(works), numbers=counted, months=chosen.months)


def by_institution(chosen: Namespace, editions: Sequence["Edition"]) -> dict[str, Any]:
    """Ask DuckDB what these come to for every institution and month, one question for each source."""
    from yilian.kernel.indicators.engines.duck import DuckEngine

    questions = questions_of(editions, last_months(chosen.months))
    engine = DuckEngine(lake_of(chosen))
    found, cost = cheapest(partial(asked, engine, questions), chosen.rounds)
    return _said(cost, indicators=len(editions), questions=len(questions), groups=len(found), digest=digest(found))


def _said(cost: dict[str, Any], **facts: Any) -> dict[str, Any]:
    words = f"{cost['wall_seconds']} s, {cost['cpu_seconds']} s of processor time"
    return {**facts, **cost, "words": words}


def lake_of(chosen: Namespace) -> "Manifest":
    from yilian.kernel.lake.manifest import read_manifest

    return read_manifest(chosen.lake)


def last_months(count: int) -> list[int]:
    """Return the last so many months of the lake."""
    from yilian.config.demo.synthetic import months_between

    return months_between(FIRST, MONTHS)[-count:]


def editions_of(keys: Sequence[str]) -> list["Edition"]:
    from yilian.kernel.indicators.catalogue import Edition
    from yilian.kernel.indicators.indicator import indicators

    return [Edition(indicators[key]) for key in keys]


def shipped() -> list["Edition"]:
    """Return every indicator that ships and is given by a formula."""
    from yilian.kernel.indicators.indicator import indicators

    return editions_of([indicator.key for indicator in indicators if indicator.formula])


def works_of(editions: Sequence["Edition"], months: Sequence[int], lengths: Sequence[int]) -> list["Work"]:
    """Return these indicators as works over these months; what adds up is counted by months alone."""
    from yilian.kernel.indicators.planning import Work
    from yilian.kernel.indicators.spans import span_of

    found = []
    for edition in editions:
        wanted = lengths[:1] if edition.indicator.is_additive else lengths
        spans = sorted({(span_of(month, length), length) for length in wanted for month in months})
        found.append(Work(edition, dict.fromkeys(spans, b"asked")))
    return found


def questions_of(editions: Sequence["Edition"], months: Sequence[int]) -> list["Question"]:
    """Return what is asked for these by institution and month."""
    from yilian.kernel.indicators.answering import batches, question
    from yilian.kernel.indicators.engines.question import INSTITUTION

    works, on = works_of(editions, months, (1,)), nobody()
    return [question(batch, on, batch.spans, (INSTITUTION,)) for batch in batches(works)]


def nobody() -> "Ground":
    """Return a ground on which nobody is a member of anything."""
    from yilian.kernel.indicators.planning import Ground
    from yilian.kernel.lake.manifest import Manifest

    return Ground(Manifest())


def asked(engine: "Engine", questions: Sequence["Question"]) -> list[tuple[str, str, "Answer"]]:
    """Return what an engine answers, in order."""
    return sorted((asks.fact.key, asks.at, answer) for asks in questions for answer in engine.answer(asks))


def digest(found: Sequence[Any]) -> str:
    """Return SHA-256 over all numbers: two engines that agree have the same."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def ground_of(manifest: "Manifest") -> "Ground":
    """Return what the numbers of such a lake rest on: everybody was a member of one consortium all the time."""
    from yilian.config.demo.synthetic import months_between
    from yilian.kernel.indicators.planning import Ground

    places = range(INSTITUTIONS)
    members = [(place, place // CONSORTIUM, month) for month in months_between(FIRST, MONTHS) for place in places]
    return Ground(manifest, members, places)


def count(engine: "Engine", on: "Ground", works: Sequence["Work"]) -> int:
    """Count works as the product does, but keep nothing; return how many numbers there are."""
    from yilian.kernel.indicators.answering import answers, batches, results

    counted = 0
    for batch in batches(works):
        said = answers(engine, on, batch, batch.spans)
        counted += sum(1 for _ in results(on, batch, batch.spans, said))
    return counted
