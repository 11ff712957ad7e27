"""Laws over the shelf of indicators: each stands under a theme, in words, as certain as it says."""

import pytest

from tests.house.test_every_rule import exists
from yilian.kernel.indicators.indicator import Indicator, indicators
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
