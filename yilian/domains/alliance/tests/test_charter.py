"""Stories of a revised charter: its version, its days, what it rests on; the earlier one stays."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from yilian.domains.alliance.biography import lives_of
from yilian.domains.alliance.charter_text import articles, by_side
from yilian.domains.alliance.charters import charters_of
from yilian.domains.alliance.models import Charter
from yilian.domains.alliance.tests.acts import on, refusal
from yilian.domains.alliance.tests.conftest import TOWN
from yilian.domains.alliance.timeline import events_of
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.obligation import Subject, obligations
from yilian.kernel.deadlines.standing import standing
from yilian.registry.models import Consortium

PAPERS = ("alliance.charter", "alliance.resolution")


@pytest.fixture
def alliance(city):
    with on(2026, 2, 1):
        return Consortium.objects.get(pk=city.founded().consortium_id)


def revision(city, alliance, *, by=None, papers=PAPERS, **other):
    answers = {
        "consortium": alliance.pk, "adopted_on": "2028-06-01", "effective_on": "2028-07-01", "basis": "council",
        "resolution": "应到 9 人，实到 9 人，全票通过。", "changes": "第四条：明确责任分担。",
    }  # fmt: skip
    by = by or city.office
    case = city.world.open("charter", by=by, **answers | other)
    for kind in papers:
        city.attach(case, kind, by=by)
    return case


def adopted(city, alliance, **other):
    with on(2028, 6, 3):
        return city.world.take(revision(city, alliance, **other), "adopt", by=city.office)


def test_the_founding_charter_is_the_first_version(alliance):
    row = Charter.objects.get(consortium=alliance)
    assert (row.version, row.adopted_on, row.effective_on) == (1, date(2026, 1, 10), None)


def test_a_revision_becomes_the_next_version_and_the_first_stays(city, alliance):
    case = adopted(city, alliance)
    first, second = Charter.objects.filter(consortium=alliance).order_by("version")
    assert (first.version, first.adopted_on) == (1, date(2026, 1, 10))
    assert (second.version, second.adopted_on, second.effective_on) == (2, date(2028, 6, 1), date(2028, 7, 1))
    assert (second.basis, second.changes, second.case_id) == ("council", "第四条：明确责任分担。", case.pk)


def test_the_new_version_is_in_force_from_its_day_of_effect(city, alliance):
    adopted(city, alliance)
    for day, versions in ((date(2028, 6, 30), (1, [2])), (date(2028, 7, 1), (2, []))):
        lines = charters_of(alliance, day)
        in_force = [line.charter.version for line in lines if line.is_in_force]
        to_come = [line.charter.version for line in lines if line.is_to_come]
        assert (in_force, to_come) == ([versions[0]], versions[1])


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"basis": "members"}, "修订应有理事会决议"),
        ({"papers": PAPERS[:1]}, "应上传通过章程的决议"),
        ({"papers": PAPERS[1:]}, "或上传全文"),
        ({"adopted_on": "2026-01-10"}, "第 1 版于 2026-01-10 通过"),
        ({"adopted_on": "2028-06-04"}, "不晚于今天"),
        ({"effective_on": "2028-05-31"}, "生效日期不早于通过日期"),
        ({"changes": ""}, "修订内容"),
    ],
)
def test_what_is_wrong_is_said(city, alliance, other, says):
    with on(2028, 6, 3):
        assert says in str(refusal(city, revision(city, alliance, **other), "adopt", by=city.office))
    assert Charter.objects.filter(consortium=alliance).count() == 1


def test_only_the_lead_records_it_and_the_members_read_it(city, alliance):
    with on(2028, 6, 3):
        foreign = revision(city, alliance, by=city.county)
        assert "牵头单位是江城市第一人民医院" in str(refusal(city, foreign, "adopt", by=city.county))
        case = revision(city, alliance)
        assert not city.world.sees(city.county, case)
        case = city.world.take(case, "adopt", by=city.office)
    assert city.world.sees(city.county, case)
    assert city.world.sees(city.authority, case)
    assert not city.world.sees(city.world.person("office", at=TOWN), case)


def test_the_life_shows_every_version_and_the_clock_runs_from_the_newest(city, alliance):
    case = adopted(city, alliance)
    with scope(city.office):
        events = [event for event in events_of(alliance, [case], date(2028, 12, 1)) if "章程" in event.title]
    assert [(event.title, event.on, event.url) for event in events] == [
        ("章程第 2 版通过", date(2028, 6, 1), case.get_absolute_url()),
        ("章程第 1 版通过", date(2026, 1, 10), ""),
    ]
    assert events[0].detail == "理事会决议，2028-07-01 起生效"
    assert lives_of([alliance])[alliance.pk].charter_on == date(2028, 6, 1)


def test_the_duty_to_review_is_kept_by_a_revision_and_broken_without_one(city, alliance):
    obligation = obligations["alliance.document_review"]
    owed = Subject("x", "x", alliance.founded_on, city.office.institution_id, alliance.pk)
    assert [standing(obligation, owed, day).state for day in (date(2028, 6, 2), date(2029, 2, 2))] == ["due", "broken"]
    adopted(city, alliance)
    assert standing(obligation, owed, date(2029, 2, 2)).state == "kept"
    assert standing(obligation, owed, date(2031, 6, 2)).state == "broken"


@pytest.mark.parametrize("act", ["update", "delete"])
def test_no_version_is_rewritten(alliance, act):
    rows = Charter.objects.filter(consortium=alliance)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows.update(changes="改写") if act == "update" else rows.delete()


FIRST = [
    {"title": "总则", "about": "general", "text": "医联体以协作为宗旨。"},
    {"title": "牵头单位的职责", "about": "lead", "text": "每季度派专家下沉，每次不少于一天。"},
    {"title": "附则", "about": "general", "text": "本章程自通过之日起施行。"},
]
SECOND = [
    FIRST[0],
    FIRST[1] | {"text": "每月派专家下沉，每次不少于一天。"},
    {"title": "成员单位的职责", "about": "member", "text": "按时上报。"},
]


def test_clauses_stand_in_for_the_file_and_are_kept_with_the_version(city, alliance):
    adopted(city, alliance, papers=PAPERS[1:], clauses=FIRST)
    assert Charter.objects.get(consortium=alliance, version=2).clauses == FIRST


def test_a_revision_begins_from_the_clauses_in_force_and_not_from_none(city, alliance):
    with on(2028, 6, 3):
        case = revision(city, alliance)
        assert "才能调入条文" in str(refusal(city, case, "begin", by=city.office))
    adopted(city, alliance, clauses=FIRST)
    with on(2028, 8, 1):
        case = city.world.take(revision(city, alliance), "begin", by=city.office)
    assert case.clauses == FIRST


def test_what_a_version_changed_is_told_by_clause():
    found = articles(SECOND, FIRST)
    assert [(one.number, one.title, one.way) for one in found] == [
        ("第一条", "总则", "same"),
        ("第二条", "牵头单位的职责", "changed"),
        ("", "附则", "gone"),
        ("第三条", "成员单位的职责", "new"),
    ]
    pieces = [(piece.kind, piece.text) for piece in found[1].lines[0]]
    assert pieces == [("gone", "每季度派专家下沉，"), ("new", "每月派专家下沉，"), ("same", "每次不少于一天。")]


def test_a_clause_that_moved_is_the_same_clause():
    moved = [FIRST[2], FIRST[0], FIRST[1]]
    assert [one.way for one in articles(moved, FIRST)] == ["same"] * 3
    assert [title for title, _found in by_side(SECOND)] == ["牵头单位的权利与义务", "成员单位的权利与义务"]


def test_the_page_shows_the_text_its_changes_and_what_members_are_known_for(city, alliance, client):
    adopted(city, alliance, clauses=FIRST)
    with on(2028, 8, 1):
        last = revision(city, alliance, clauses=SECOND, adopted_on="2028-08-01", effective_on="2028-08-01")
        city.world.take(last, "adopt", by=city.office)
        client.force_login(city.world.user("doctor", at=TOWN))
        page = client.get(f"/consortia/{alliance.pk}/charter/?version=3&against=2").content.decode()
        assert "<ins>每月派专家下沉，</ins>" in page
        assert "<del>附则</del>" in page
        plain = client.get(f"/consortia/{alliance.pk}/charter/?against=x").content.decode()
        assert "第二条　牵头单位的职责" in plain
        assert "<ins>" not in plain
        assert client.get("/consortia/999999/charter/").status_code == 404
