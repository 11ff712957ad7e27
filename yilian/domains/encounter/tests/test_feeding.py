"""What a member reports arrives in the lake once, can be corrected and withdrawn, and is scored by month."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from django.core.exceptions import PermissionDenied

from tests.world import CITY, COUNTY, TOWNSHIP, World
from yilian.domains.encounter import api, taking_in
from yilian.domains.encounter.models import Feed, FeedState
from yilian.domains.encounter.suspicions import posted_twice
from yilian.domains.encounter.tests.test_judging import GOOD
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.lake import refreshing
from yilian.kernel.lake.manifest import read_manifest
from yilian.registry.models import Consortium

pytestmark = pytest.mark.usefixtures("fresh_database")
NOW = datetime(2026, 11, 5, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def lake(settings, tmp_path):
    settings.LAKE_FOLDER = tmp_path / "lake"
    settings.LAKE_FOLDER.mkdir()
    with clock.standing_at(NOW):
        yield settings.LAKE_FOLDER


def report(by, *rows, is_dry=False, fact="encounter"):
    """Report rows as a file and have them judged; return the feed."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]
    feed = taking_in.take_in(fact, by=by, content="\n".join(lines).encode(), file_name="十月.csv", is_dry=is_dry)
    taking_in.carry_out(feed.pk, by.institution_id)
    with scope(by):
        return Feed.objects.get(pk=feed.pk)


def row(key, **changes):
    return GOOD["encounter"] | {"source_key": key} | changes


def rows_held():
    refreshing.refresh()
    return [row for file in read_manifest().files("encounter") for row in pq.read_table(file).to_pylist()]


def held():
    return {row["row_key"].partition(":")[2]: (row["month"], row["cost"]) for row in rows_held()}


def test_rows_arrive_once_are_corrected_moved_and_withdrawn():
    world = World()
    by, other = world.person("quality", at=COUNTY), world.person("quality", at=TOWNSHIP)
    assert report(by, row("A1"), row("A2")).state == FeedState.TAKEN
    report(other, row("A1", cost="5000"))
    assert len(rows_held()) == 3
    report(by, row("A1"), row("A2"))
    report(by, row("A2", cost="1200"), row("A3"))
    report(by, row("A1", end_at="2026-09-20", start_at="2026-09-18"), {"source_key": "A3", "is_void": "是"})
    assert sorted(
        (one["institution"] == by.institution_id, one["row_key"].partition(":")[2], one["month"], one["cost"])
        for one in rows_held()
    ) == [(False, "A1", 202610, 500000), (True, "A1", 202609, 100050), (True, "A2", 202610, 120000)]


def test_the_lake_made_anew_holds_the_same():
    by = World().person("quality", at=COUNTY)
    report(by, row("A1"), row("A2"))
    report(by, row("A1", cost="2000"), {"source_key": "A2", "is_void": "是"})
    before = held()
    refreshing.rebuild()
    assert held() == before == {"A1": (202610, 200000)}


def test_a_dry_run_and_a_job_that_runs_twice_leave_nothing_more():
    by = World().person("quality", at=COUNTY)
    tried = report(by, row("A1"), is_dry=True)
    assert (tried.state, tried.taken) == (FeedState.CHECKED, 1)
    assert held() == {}
    feed = report(by, row("A1"))
    taking_in.carry_out(feed.pk, by.institution_id)
    with scope(by):
        (fed,) = api.coverage(first=202601, last=202612)
    assert (fed.received, fed.month) == (1, 202610)


def test_rejected_rows_come_back_and_the_good_ones_stay():
    by = World().person("quality", at=COUNTY)
    feed = report(by, row("A1"), row("A2", age="200"))
    assert (feed.state, feed.taken, feed.rejected_count, feed.broken) == (FeedState.TAKEN, 1, 1, {"age_is_human": 1})
    assert feed.source is None
    assert feed.rejected is not None
    assert set(held()) == {"A1"}
    refused = taking_in.take_in("encounter", by=by, content=b"x\n1\n", is_dry=False)
    assert taking_in.carry_out(refused.pk, by.institution_id) == FeedState.REFUSED


def test_nobody_is_named_in_the_lake(lake):
    by = World().person("quality", at=COUNTY)
    report(by, row("A1", patient="420106199001011234"), row("A2", patient="420106199001011234"))
    refreshing.refresh()
    table = pq.read_table(read_manifest().files("encounter")[0])
    assert len(set(table.column("patient").to_pylist())) == 1
    assert all(b"420106199001011234" not in file.read_bytes() for file in lake.rglob("*.parquet"))


def test_a_hundred_is_only_what_has_no_fault():
    assert api._score(7, 3787, 1, 1, 0, 0)[3:] == tuple(map(Decimal, ("99.9", "100.0", "100.0", "99.9")))


def test_scores_rank_members_and_are_seen_by_those_in_charge_only():
    world = World()
    lead, member, stranger = (world.person("quality", at=name) for name in (COUNTY, TOWNSHIP, "远山市人民医院"))
    consortium = Consortium.objects.create(
        kind="county_community", name="北岭县医共体", lead_id=lead.institution_id, founded_on="2024-01-01"
    )
    for person in (lead, member):
        consortium.memberships.create(institution_id=person.institution_id, since_on="2024-01-01")
    report(lead, row("A1"), row("A2"))
    report(
        member,
        row("A1", age="200"),
        row("A2", sex=""),
        row("A3"),
        row("A4", end_at="2026-09-03", start_at="2026-09-01"),
    )
    span = {"first": 202609, "last": 202610}
    with scope(lead):
        best, second = api.scores(**span)
    assert (best.institution_id, best.rank, best.total) == (lead.institution_id, 1, Decimal("100.0"))
    assert (second.complete, second.consistent, second.timely) == (Decimal("75.0"), Decimal("75.0"), Decimal("75.0"))
    with scope(member):
        assert [score.institution_id for score in api.scores(**span)] == [member.institution_id]
    with scope(stranger):
        assert api.scores(**span) == []


def test_who_may_not_report_is_refused():
    doctor = World().person("doctor", at=COUNTY)
    with pytest.raises(PermissionDenied):
        taking_in.take_in("encounter", by=doctor, content=b"", is_dry=False)


def test_overlapping_postings_are_pointed_out_once_however_often_they_are_sent():
    world = World()
    by = world.person("quality", at=COUNTY)
    for name in (TOWNSHIP, CITY):
        world.place(name)
    here = GOOD["secondment"] | {"person": "JC11"}
    for _time in range(2):
        report(by, here, here | {"source_key": "S2", "host": CITY}, fact="secondment")
    with scope(by):
        (found,) = posted_twice.look(by.institution_id, 0, Period(date(2026, 10, 1), date(2026, 10, 31)))
        assert found.text.startswith("报送的下派记录中，2 条")
        assert list(posted_twice.look(by.institution_id, 0, Period(date(2026, 9, 1), date(2026, 9, 30)))) == []


def test_the_same_content_again_is_told_and_not_counted_twice():
    by = World().person("quality", at=COUNTY)
    report(by, row("A1"), row("A2", age="200"))
    again = report(by, row("A1"), row("A2", age="200"))
    assert (again.state, "与 2026-11-05 09:00 报送的内容完全相同" in again.message) == (FeedState.TAKEN, True)
    assert report(by, row("A1"), row("A2")).message == ""
    with scope(by):
        (fed,) = api.coverage(first=202601, last=202612)
    assert (fed.received, fed.rejected) == (4, 1)


def test_a_month_of_which_all_was_returned_is_not_covered_and_one_ahead_is_not_there():
    by = World().person("quality", at=COUNTY)
    report(by, row("A1", age="200"), row("A2", end_at="2026-12-05 10:00"))
    with scope(by):
        (fed,) = api.coverage(first=202601, last=202612)
    assert (fed.month, fed.received, fed.is_covered) == (202610, 1, False)
