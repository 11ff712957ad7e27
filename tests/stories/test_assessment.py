"""What the assessment of an alliance's members leads to in the life of the alliance (S3 17 to 19)."""

import pytest

from yilian.domains.alliance import api as alliance
from yilian.domains.assessment.tests.conftest import BAD, cast
from yilian.kernel import clock
from yilian.kernel.workflow.refusals import StepRefused

__all__ = ["cast"]


def test_a_failed_year_of_an_alliance_is_a_yellow_card(cast):
    period = cast.locked(cast.alliance)
    with pytest.raises(StepRefused, match="尚未确定"):
        cast.take(period, "publish", cast.authority)
    cast.take(period, "cancel", cast.lead)
    period = cast.published(cast.alliance, BAD)
    assert (period.is_passed, period.standing) == (False, "黄牌警告")
    assert alliance.standing(cast.alliance.pk, clock.today()) == "yellow_card"
    (result,) = alliance.results(cast.alliance.pk)
    assert (result["year"], result["is_passed"], result["total"]) == (2025, False, period.total)
    assert set(result["scores"]) <= {"mechanism", "cooperation", "sharing", "radiation", "sustainability"}
    again = cast.draft(cast.alliance)
    assert again.state == "draft"
