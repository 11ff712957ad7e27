"""A member sees its own sheet; of its peers it sees the published table, on every exit, and nothing before."""

import pytest

from tests.stories.services_cast import Program, browser
from yilian.domains.assessment.documents import of_results
from yilian.domains.assessment.models import Sheet
from yilian.domains.assessment.parameters import ALL_SCORES, MEANS, PUBLISHED, TOTALS
from yilian.domains.assessment.period.ranking import as_published
from yilian.domains.assessment.tests.conftest import GOOD
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.issuing import issue
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow.case_type import case_types

SCORES = {"groups": {"管理": "90", "服务": "80"}, "total": "85"}
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


@pytest.mark.parametrize(
    ("content", "lines"), [(ALL_SCORES, [SCORES]), (TOTALS, [SCORES | {"groups": {}}]), (MEANS, [])]
)
def test_what_is_published_of_peers_is_for_the_scheme_to_say(content, lines):
    table = {"lines": [SCORES], "groups": {"管理": "90", "服务": "80"}, "total": "85"}
    shown = as_published(table, content)
    assert (shown["lines"], shown["total"]) == (lines, "85")
    assert all(line["groups"].keys() == shown["groups"].keys() for line in shown["lines"])


def test_a_consortium_that_publishes_means_names_no_member(cast, settings, tmp_path):
    with scope(cast.lead):
        day = clock.today()
        set_value(PUBLISHED, MEANS, by=cast.lead, effective_from=day, ground="公约", consortium_id=cast.group.pk)
    settings.MEDIA_ROOT = tmp_path
    period = cast.published(cast.group, GOOD)
    assert period.results["lines"] == []
    with scope(cast.authority):
        said = of_results(period)
        assert issue(period, "assessment.results", by=cast.authority).number, "a notice without a table"
    assert (said["lines"], "各成员单位平均 88.24 分。" in said["body"]) == ([], True)
    page = browser(cast.county).get(f"/assessment_period/{period.pk}/").content.decode()
    assert "医联体（各成员平均）" in page
    with scope(cast.county):
        assert Sheet.objects.get().rank == 1, "everybody knows the own place"
