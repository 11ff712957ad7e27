"""Stored results are what the rows say now: every additive formula, in the small demo city."""

import pytest
from django.db import connection

from yilian.config.demo.city import build
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period, add_years
from yilian.kernel.indicators.computing import compute
from yilian.kernel.indicators.engines.postgres import PostgresEngine
from yilian.kernel.indicators.indicator import Extent, indicators
from yilian.kernel.indicators.live import count_now, is_live
from yilian.kernel.indicators.results import totals
from yilian.kernel.lake.fact import facts
from yilian.kernel.lake.manifest import Manifest, Part
from yilian.registry.models import Consortium, Institution

pytestmark = pytest.mark.exhaustive

LIVE = [item for item in indicators if item.formula and item.is_additive and is_live(item.formula)]


def months_there():
    """Return what the views hold in this scope, as the manifest of a lake without files."""
    parts = []
    for fact in facts:
        if not fact.is_fed:
            with connection.cursor() as cursor:
                cursor.execute(f"select month, count(*) from {fact.view} where month is not null group by month")
                parts += [Part(fact.key, month, f"{fact.key}-{month}", rows, 0) for month, rows in cursor.fetchall()]
    return Manifest(parts=tuple(parts))


@pytest.mark.django_db
def test_what_is_stored_is_what_the_rows_say_now():
    build(patients=60, referrals=30)
    lead = Institution.objects.get(name="北岭县人民医院")
    consortium = Consortium.objects.filter(lead=lead).first()
    last = clock.today()
    year = Period(add_years(last.replace(day=1), -1), last)
    keys, counted = [item.key for item in LIVE], 0
    with scope(system_actor("test", lead.pk)):
        done = compute(PostgresEngine(), months_there())
        assert not done.failure
        own = totals(keys, institution_ids=[lead.pk], period=year)
        whole = totals(keys, consortium_id=consortium.pk, period=year)
        for item in LIVE:
            for stored, extent in (
                (own[item.key][lead.pk], Extent(year, lead.pk)),
                (whole[item.key][None], Extent(year, consortium_id=consortium.pk)),
            ):
                part, of = count_now(item.formula, extent)
                assert (stored.part or 0, stored.whole or 0) == (part or 0, of or 0), (item.key, extent)
                assert stored.value == item.worth(part, of) or (not part and stored.value is None), item.key
                counted += part or 0
    assert counted > 20
