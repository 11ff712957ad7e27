"""The points of merits and penalties in effect, as the assessment asks for them."""

from collections.abc import Iterator
from decimal import Decimal

from yilian.domains.merit.catalogue import GROUNDS, PUNISH, REWARD
from yilian.domains.merit.models import Merit, MeritState, Nature
from yilian.kernel.clock.periods import Period
from yilian.registry.points import ScorePoint

IN_EFFECT = (MeritState.OWING, MeritState.IN_FORCE)


def points_in_effect(consortium_id: int, period: Period) -> Iterator[ScorePoint]:
    """Yield the points of what was published in a period and is in effect, of institutions, in one statement."""
    rows = Merit.objects.filter(consortium_id=consortium_id, state__in=IN_EFFECT, points__isnull=False)
    for row in rows.filter(published_on__range=(period.first, period.last)).order_by("published_on", "pk"):
        ground = GROUNDS.get(row.ground)
        usual = PUNISH if row.nature == Nature.PENALTY else REWARD
        yield ScorePoint(
            key=str(row.pk), institution_id=row.target_id or 0, points=row.points or Decimal(0),
            title=f"{row.measure_name}：{row.ground_name}", given_on=row.published_on,
            cite=ground.cite if ground else usual, case_id=row.pk,
        )  # fmt: skip
