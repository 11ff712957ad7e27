"""Laws over the shelf of indicators: each stands under a theme, in words, as certain as it says."""

import pytest

from tests.house.test_every_rule import exists
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators.indicator import Extent, Indicator, indicators
from yilian.kernel.indicators.shelf import frames, themes


@pytest.mark.parametrize("item", list(indicators), ids=lambda item: item.key)
def test_an_indicator_stands_on_the_shelf_and_says_what_it_counts(item: Indicator):
    assert (item.theme or item.key.split(".")[0]) in themes
    assert set(item.frames) <= {frame.key for frame in frames}
    assert str(item.part_says).strip()
    assert not item.grades or len(item.grades) > 1
    assert item.target is None or item.target.cite is None or exists(item.target.cite)


@pytest.mark.parametrize("frame", list(frames), ids=lambda frame: frame.key)
def test_a_framework_cites_what_exists(frame):
    assert exists(frame.cite)


class Noting(Extent):
    """An extent that notes whether anybody asks it for the period."""

    def __getattribute__(self, name):
        if name == "period":
            object.__setattr__(self, "was_asked", True)
        return super().__getattribute__(name)


@pytest.mark.django_db
@pytest.mark.parametrize("item", [item for item in indicators if item.measure], ids=lambda item: item.key)
def test_a_measure_that_never_looks_at_the_period_says_that_it_tells_how_things_stand(item: Indicator):
    for place, circle in ((None, None), (1, None), (None, 1)):
        extent = Noting(parse("2025-03"), place, circle)
        vars(extent).pop("was_asked", None)
        if item.measure(extent) is not None:
            assert item.is_momentary or "was_asked" in vars(extent)
