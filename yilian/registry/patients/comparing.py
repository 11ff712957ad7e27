"""How alike two patients are: each fact judged on a scale, each step of the scale with its weight of evidence.

Plain Python without a database. Weights are bits (log2 of Bayes factors): how much likelier a finding is for two rows
of one person than for rows of two people, so they add up. The scales are in `scales`, the numbers in `weights`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a patient; anything empty is unknown.

    `name` is folded, `sounds` its readings; `identities` are kind and digest of each document; `phone` is a digest, and
    `sharers` counts the rows found under it; `address` is folded.
    """

    name: str
    sounds: tuple[str, ...]
    sex: str = ""
    birth_on: date | None = None
    identities: frozenset[str] = frozenset()
    phone: bytes = b""
    sharers: int = 1
    address: str = ""


@dataclass(frozen=True)
class Level:
    """A step of a scale: what it says to a clerk, and its weight in bits unless the site decides otherwise.

    `is_strong` counts towards a proof, `is_contrary` destroys one.
    """

    key: str
    says: str | Promise
    weight: int
    is_strong: bool = False
    is_contrary: bool = False


@dataclass(frozen=True)
class Scale:
    """A fact with its steps. `judge` returns the key of a step, or "" where one of the two is unknown.

    Scales of one `source` are not independent: of those that agree only the weightiest counts.
    """

    key: str
    title: str | Promise
    source: str
    levels: tuple[Level, ...]
    judge: Callable[[Traits, Traits], str]


@dataclass(frozen=True)
class Weighing:
    """Numbers in force: bits of each (scale, level), the bits before any evidence, and where the bands begin."""

    bits: Mapping[tuple[str, str], int]
    prior: int
    review: float
    likely: float


@dataclass(frozen=True)
class Finding:
    """What was found about one fact; no level means that nobody can say."""

    scale: Scale
    level: Level | None
    weight: int = 0

    @property
    def agrees(self) -> bool:
        return self.level is not None and self.weight > 0

    @property
    def differs(self) -> bool:
        return self.level is not None and self.weight <= 0


@dataclass(frozen=True)
class Comparison:
    """The findings about two rows and what they come to."""

    findings: tuple[Finding, ...]
    weight: int
    weighing: Weighing

    @property
    def likelihood(self) -> float:
        """Return how likely the two are one person, 0 to 1."""
        return 1 / (1 + 2.0**-self.weight)

    @property
    def is_suspect(self) -> bool:
        return self.likelihood >= self.weighing.review

    @property
    def is_likely(self) -> bool:
        return self.likelihood >= self.weighing.likely

    @property
    def agreeing(self) -> list[Finding]:
        """Return what speaks for one person, the weightiest first."""
        return sorted((found for found in self.findings if found.agrees), key=lambda found: -found.weight)

    @property
    def differing(self) -> list[Finding]:
        return [found for found in self.findings if found.differs]


def compare(left: Traits, right: Traits, scales: tuple[Scale, ...], weighing: Weighing) -> Comparison:
    """Judge every scale and add up the weights."""
    findings = tuple(_find(scale, left, right, weighing) for scale in scales)
    weight, best = weighing.prior, dict[str, int]()
    for found in findings:
        if found.weight > 0:
            best[found.scale.source] = max(best.get(found.scale.source, 0), found.weight)
        else:
            weight += found.weight
    return Comparison(findings, weight + sum(best.values()), weighing)


def is_proven(comparison: Comparison, proofs: tuple[frozenset[str], ...]) -> bool:
    """Say whether all sources of one of the proofs agree strongly and nothing speaks against it."""
    levels = [found.level for found in comparison.findings if found.level]
    strong = {found.scale.source for found in comparison.findings if found.level and found.level.is_strong}
    return not any(level.is_contrary for level in levels) and any(proof <= strong for proof in proofs)


def _find(scale: Scale, left: Traits, right: Traits, weighing: Weighing) -> Finding:
    key = scale.judge(left, right)
    if not key:
        return Finding(scale, None)
    level = next(level for level in scale.levels if level.key == key)
    return Finding(scale, level, weighing.bits[scale.key, key])
