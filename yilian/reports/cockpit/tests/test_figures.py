"""How a number of the wall says that it moved: as exact as it is shown, and in the direction its indicator wants."""

from decimal import Decimal

import pytest

from yilian.kernel.indicators.results import Total
from yilian.reports.cockpit.figures import Figure, Shown


@pytest.mark.parametrize(
    ("now", "before", "says", "tone"),
    [
        ("81.51", "81.53", "与上期持平", ""), ("86.84", "98.80", "比上期低 12", "worse"),
        ("63.64", "60.50", "比上期高 3.1", "better"), ("50", None, "", ""), (None, "50", "", ""),
    ],
)  # fmt: skip
def test_a_change_too_small_to_be_shown_is_none(now, before, says, tone):
    found = Figure(Shown("referral.in_time_share"), *(Total(value and Decimal(value)) for value in (now, before)), "")
    assert (found.change, found.tone) == (says, tone)
