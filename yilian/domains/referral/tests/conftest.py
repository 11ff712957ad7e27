"""Fixtures of the referral stories."""

import pytest

from tests.world import World
from yilian.domains.referral.tests.cast import Cast, make_cast


@pytest.fixture
def cast(world: World) -> Cast:
    """Everybody of the stories in a database that rolls back."""
    return make_cast(world)
