"""Surveys that members report become satisfaction: by copies that came back, unknown where nobody asked."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.world import COUNTY, TOWNSHIP, World
from yilian.domains.encounter.tests.test_feeding import report
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators.catalogue import Edition
from yilian.kernel.indicators.computing import compute
from yilian.kernel.indicators.disclosure.releasing import ReleaseRefused, threshold_of
from yilian.kernel.indicators.engines.duck import DuckEngine
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.results import totals
from yilian.kernel.lake import refreshing
from yilian.kernel.lake.manifest import read_manifest
from yilian.registry.models import Consortium

pytestmark = pytest.mark.usefixtures("fresh_database")
PATIENTS, STAFF, RETURNED = "satisfaction.patients", "satisfaction.staff", "satisfaction.returned"


@pytest.fixture(autouse=True)
def lake(settings, tmp_path):
    settings.LAKE_FOLDER = tmp_path / "lake"
    settings.LAKE_FOLDER.mkdir()
    with clock.standing_at(datetime(2026, 11, 5, 1, tzinfo=UTC)):
        yield


def survey(key, asked, sent, returned, satisfied, on="2026-10-01"):
    cells = {"source_key": key, "asked": asked, "on": on}
    return cells | {"sent": sent, "returned": returned, "satisfied": satisfied}


def count():
    refreshing.refresh()
    manifest = read_manifest()
    chosen = [Edition(indicators[key]) for key in (PATIENTS, STAFF, RETURNED)]
    assert not compute(DuckEngine(manifest), manifest, chosen=chosen).failure


def test_a_consortium_is_as_satisfied_as_the_copies_that_came_back():
    world = World()
    lead, member = world.person("quality", at=COUNTY), world.person("office", at=TOWNSHIP)
    group = Consortium.objects.create(
        kind="county_community", name="北岭县医共体", lead_id=lead.institution_id, founded_on="2024-01-01"
    )
    for person in (lead, member):
        role = "lead" if person is lead else "member"
        group.memberships.create(institution_id=person.institution_id, role=role, since_on="2024-01-01")
    report(lead, survey("1", "inpatient", "200", "100", "90"), survey("2", "门急诊患者", "100", "80", "60"),
           survey("3", "staff", "", "20", "11"), fact="survey")  # fmt: skip
    report(member, survey("1", "inpatient", "30", "20", "20"), survey("2", "inpatient", "9", "10", "1"), fact="survey")
    count()
    asked = {"keys": [PATIENTS, STAFF, RETURNED], "period": parse("2026-10")}
    with scope(lead):
        whole = {key: found[None].value for key, found in totals(**asked, consortium_id=group.pk).items()}
        both = totals(**asked, institution_ids=[lead.institution_id, member.institution_id])
        nothing = totals([PATIENTS], institution_ids=[lead.institution_id], period=parse("2026-09"))
    assert whole == {PATIENTS: Decimal("85.00"), STAFF: Decimal("55.00"), RETURNED: Decimal("60.61")}
    assert both[PATIENTS][member.institution_id].value == 100, "the survey with more copies than were sent is returned"
    assert both[STAFF][member.institution_id].value is None
    assert nothing[PATIENTS][lead.institution_id].value is None, "a month without a survey is unknown"


def test_copies_are_sums_and_nobody_can_judge_how_small_they_may_leave():
    with pytest.raises(ReleaseRefused, match="都不是计数"):
        threshold_of(indicators[STAFF], None)
