"""A member sees its own sheet; of its peers it sees the published table, on every exit, and nothing before."""

from tests.stories.services_cast import Program, browser
from yilian.domains.assessment.tests.conftest import GOOD
from yilian.kernel.workflow.case_type import case_types

PUBLIC = {"institution", "name", "rank", "total", "is_passed", "groups"}


def peer_exits(sheet):
    item = sheet.period.items[0]["key"]
    yield from (f"/assessment/{sheet.pk}/", f"/assessment/{sheet.pk}/line/?item={item}")
    yield from (f"/assessment/{sheet.pk}/snapshot.zip", f"/api/v1/cases/assessment/{sheet.pk}")


def reads(actor, path):
    return Program(actor).asks(path.removeprefix("/api/v1/")) if path.startswith("/api/") else browser(actor).get(path)


def test_peers_are_seen_as_published_and_by_no_other_way(cast):
    period = cast.locked()
    peer, address = cast.sheet(cast.township), f"/assessment_period/{period.pk}/"
    before = browser(cast.county).get(address).content.decode()
    assert peer.number not in before
    assert "数据完整性" not in before, "who lacks which data is for those who assess"
    people = {one.institution_id: one for one in (cast.lead, cast.county, cast.township)}
    for sheet in cast.sheets():
        cast.take(cast.drafted(sheet, people[sheet.member_id], GOOD), "accept", people[sheet.member_id])
    period = cast.take(period, "publish", cast.authority)
    assert all(set(line) == PUBLIC for line in period.results["lines"]), "scores and places, no count"
    page = browser(cast.county).get(address).content.decode()
    assert str(peer.member) in page
    assert peer.number not in page
    for path in peer_exits(peer):
        assert reads(cast.county, path).status_code == 404, path
        assert reads(cast.township, path).status_code == 200, path
    kind = case_types["assessment"]
    for path in (f"/{kind.key}/", f"/search/?q={peer.number}", f"/api/v1/cases/{kind.key}"):
        assert str(peer.pk) not in reads(cast.county, path).content.decode(), path
    told = reads(cast.county, f"/api/v1/cases/assessment_period/{period.pk}").content.decode()
    assert peer.number not in told
    assert "missing" not in told
    assert "missing" in reads(cast.lead, f"/api/v1/cases/assessment_period/{period.pk}").content.decode()
    assert reads(cast.stranger, address).status_code == 404
