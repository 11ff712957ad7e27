"""Reckoning a year's total from five scores and their weights: pure arithmetic."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


class NoWeightsError(ValueError):
    """All weights are zero: no total can be reckoned."""


def total_of(scores: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal:
    """Return the weighted mean of scores (0 to 100), rounded half up to two places; raise NoWeightsError."""
    whole = sum(weights.values(), Decimal(0))
    if not whole:
        raise NoWeightsError
    summed = sum((scores[key] * weight for key, weight in weights.items()), Decimal(0))
    return (summed / whole).quantize(HUNDREDTH, ROUND_HALF_UP)
