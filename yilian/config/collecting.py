"""When Python looks for garbage that refers to itself: seldom, and not among what lives as long as the process."""

import gc

THRESHOLDS = (20_000, 10, 10)
"""Python's own first number is 700: a page that makes 100,000 objects was walked through over a hundred times."""


def collect_seldom() -> None:
    """Leave what is loaded by now out of every later search, and search less often. Call it once all is imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
