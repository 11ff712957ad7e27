"""The whole demo city: nouns, consortia with their lives, and a year of referrals, from one seed."""

from dataclasses import dataclass
from random import Random

from yilian.config.demo.registering import bring_patients, bring_places, bring_staff
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.registry.models import Institution

SEED = 20261121
PATIENTS, REFERRALS = 2000, 800


class CityStandsError(RuntimeError):
    """There are institutions already; the demo city is for an empty installation."""


@dataclass(frozen=True)
class Summary:
    """What was brought in."""

    institutions: int
    patients: int


def build(*, seed: int = SEED, patients: int = PATIENTS) -> Summary:
    """Build the city in an empty installation; raise CityStandsError in any other."""
    if Institution.objects.exists():
        raise CityStandsError
    chance, today = Random(seed), clock.today()  # noqa: S311 - repeatable on purpose
    founder = system_actor("演示数据", 0)
    places = bring_places(founder, today)
    bring_staff(founder, places, chance)
    known = bring_patients(places, patients, chance, today)
    return Summary(len(places), sum(map(len, known.values())))
