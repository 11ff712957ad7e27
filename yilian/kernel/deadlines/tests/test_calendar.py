"""What falls due in a month, the file for people's own calendars, and telling once of what was not kept."""

from datetime import UTC, date, datetime

import pytest

from tests.world import AUTHORITY, TOWNSHIP
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import parse
from yilian.kernel.deadlines.calendar import falling_due, icalendar
from yilian.kernel.deadlines.escalating import tell_of_broken
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, not_recorded, obligations
from yilian.kernel.deadlines.standing import State
from yilian.kernel.deadlines.tests.test_standing import ARTICLE, SUBJECT, meeting
from yilian.kernel.notices.models import Notice

TODAY = date(2026, 11, 22)


def due(obligation, month, today=TODAY, **narrowed):
    found = falling_due(1, [parse(month)], today, [obligation], **narrowed)
    return [(item.state, item.last_day) for item in found]


@pytest.mark.parametrize(
    ("month", "days", "found"),
    [
        ("2026-12", (), [(State.DUE, date(2026, 12, 31))]),
        ("2026-12", (date(2026, 3, 1),), [(State.KEPT, date(2026, 12, 31))]),
        ("2025-12", (date(2026, 3, 1),), [(State.BROKEN, date(2025, 12, 31))]),
        ("2025-12", (date(2025, 3, 1),), [(State.KEPT, date(2025, 12, 31))]),
        ("2026-11", (), []),
        ("2019-12", (), []),
    ],
)
def test_a_yearly_duty_ends_in_december(month, days, found):
    assert due(meeting(*days), month) == found


def test_a_run_of_years_ends_where_the_last_review_says():
    review = meeting(date(2024, 2, 29), every="3 years")
    assert due(review, "2027-02") == [(State.KEPT, date(2027, 2, 28))]
    assert due(review, "2027-03") == []
    assert due(meeting(every="3 years"), "2023-01") == [(State.BROKEN, date(2023, 1, 1))]


def test_the_first_year_that_was_not_whole_is_not_broken():
    late = Subject("2", "新成员", since=date(2025, 12, 20), institution_id=1)
    one = Obligation("one", "联席会议", ARTICLE, "year", lambda on: [late], lambda *_: [])
    assert due(one, "2025-12") == [(State.NOT_YET, date(2025, 12, 31))]


def test_others_and_other_consortia_stay_out_and_what_nobody_records_is_unknown():
    unknown = Obligation("one", "质控报告", ARTICLE, "month", lambda on: [SUBJECT], not_recorded)
    assert due(unknown, "2026-11") == [(State.UNKNOWN, date(2026, 11, 30))]
    assert due(unknown, "2026-11", consortium_id=7) == []
    assert falling_due(2, [parse("2026-11")], TODAY, [unknown]) == []


def test_the_file_is_an_icalendar_that_escapes_and_folds():
    named = Subject("c:1", "一,二;三\\四" * 12, since=date(2020, 1, 1), institution_id=1)
    one = Obligation("one", "联席会议", ARTICLE, "year", lambda on: [named], lambda *_: [])
    found = falling_due(1, [parse("2026-12")], TODAY, [one])
    text = icalendar(found, name="义务日历", host="a.example", at=datetime(2026, 11, 22, 8, tzinfo=UTC)).decode()
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    whole = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in whole
    assert "UID:one.c.1.20261231@a.example" in whole
    assert "SUMMARY:联席会议：" + "一\\,二\\;三\\\\四" * 12 + "\r\n" in whole


def test_what_was_not_kept_is_told_once_to_those_in_charge_on_both_sides(world, monkeypatch):
    owing, watching = world.person("director", at=TOWNSHIP), world.person("authority", at=AUTHORITY)
    subject = Subject("c:1", "江城市医疗集团", date(2020, 1, 1), owing.institution_id, None, {watching.institution_id})
    monkeypatch.setattr(obligations, "_items", {})
    held = []
    obligations.add(Obligation("one", "联席会议", ARTICLE, "year", lambda on: [subject], lambda *_: held))
    assert [tell_of_broken(TODAY), tell_of_broken(TODAY)] == [2, 0]
    for person in (owing, watching):
        with scope(person):
            (notice,) = Notice.objects.filter(institution_id=person.institution_id)
            assert "「联席会议」应于 2025-12-31 前完成" in notice.text
    held.append(Evidence("联席会议", "/", TODAY))
    assert tell_of_broken(date(2027, 12, 1)) == 0
    assert tell_of_broken(date(2028, 1, 1)) == 2
