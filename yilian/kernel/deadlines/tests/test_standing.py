"""Obligations: kept, due, broken, not yet, unknown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yilian.kernel.clock.periods import add_years
from yilian.kernel.deadlines.obligation import (
    BadRhythmError,
    Evidence,
    Obligation,
    Rhythm,
    Subject,
    not_recorded,
)
from yilian.kernel.deadlines.standing import State, standing
from yilian.kernel.rules.regulation import Article, Regulation

ARTICLE = Regulation("X4", "集团制度", "集团制度", "江城市", None, (Article("3.3", "3.3", "…"),)).article("3.3")
SUBJECT = Subject("1", "石桥乡卫生院", since=date(2020, 1, 1), institution_id=1)


def meeting(*days, every="year", count=1):
    rows = [Evidence("联席会议", "/", day) for day in days]
    return Obligation(
        "meeting",
        "联席会议",
        ARTICLE,
        every,
        subjects=lambda on: [SUBJECT],
        evidence=lambda subject, first, last: [row for row in rows if first <= row.on <= last],
        count=count,
    )


def state(obligation, on, subject=SUBJECT):
    return standing(obligation, subject, on).state


def test_a_meeting_this_year_keeps_the_year():
    found = standing(meeting(date(2026, 3, 1)), SUBJECT, date(2026, 11, 21))
    assert (found.state, found.last_day, len(found.evidence)) == (State.KEPT, date(2026, 12, 31), 1)


def test_after_a_kept_year_the_next_is_due_until_its_last_day():
    found = standing(meeting(date(2025, 3, 1)), SUBJECT, date(2026, 11, 21))
    assert (found.state, found.last_day, found.missing) == (State.DUE, date(2026, 12, 31), 1)


def test_a_whole_year_without_a_meeting_is_broken_until_one_is_held():
    never = meeting(date(2024, 6, 1))
    found = standing(never, SUBJECT, date(2026, 2, 1))
    assert (found.state, found.last_day) == (State.BROKEN, date(2025, 12, 31))
    assert state(meeting(date(2024, 6, 1), date(2026, 1, 30)), date(2026, 2, 1)) is State.KEPT


def test_the_year_in_which_it_began_is_never_broken():
    late = Subject("2", "新成员", since=date(2025, 12, 20), institution_id=2)
    assert state(meeting(), date(2026, 1, 1), late) is State.DUE


def test_before_it_began_it_is_not_yet_owed():
    assert state(meeting(), date(2019, 12, 31)) is State.NOT_YET


def test_without_records_it_is_unknown_not_broken():
    report = Obligation("report", "质控报告", ARTICLE, "quarter", lambda on: [SUBJECT], not_recorded)
    assert state(report, date(2026, 11, 21)) is State.UNKNOWN


def test_two_are_wanted_and_one_is_not_enough():
    training = meeting(date(2025, 2, 1), date(2025, 9, 1), date(2026, 2, 1), count=2)
    found = standing(training, SUBJECT, date(2026, 5, 1))
    assert (found.state, found.missing) == (State.DUE, 1)


def test_a_three_year_revision_runs_from_the_last_one():
    revised = meeting(date(2023, 2, 17), every="3 years")
    assert standing(revised, SUBJECT, date(2026, 2, 17)).state is State.KEPT
    found = standing(revised, SUBJECT, date(2026, 2, 18))
    assert (found.state, found.last_day) == (State.BROKEN, date(2026, 2, 17))


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_without_a_revision_three_years_run_from_the_beginning(day):
    subject = Subject("3", "文件", since=day)
    untouched = meeting(every="3 years")
    assert state(untouched, add_years(day, 3), subject) is State.DUE
    assert state(untouched, date.fromordinal(add_years(day, 3).toordinal() + 1), subject) is State.BROKEN


@given(
    days=st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), max_size=6),
    on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    every=st.sampled_from(["month", "quarter", "half-year", "year", "2 years", "18 months"]),
)
def test_more_evidence_never_makes_it_worse(days, on, every):
    worse = [State.KEPT, State.DUE, State.BROKEN]
    without, with_today = state(meeting(*days, every=every), on), state(meeting(*days, on, every=every), on)
    assert with_today is State.KEPT
    assert worse.index(with_today) <= worse.index(without)


@pytest.mark.parametrize("text", ["", "years", "0 years", "daily", "3 year"])
def test_an_unknown_rhythm_is_refused(text):
    with pytest.raises(BadRhythmError):
        Rhythm.of(text)


def test_a_rolling_rhythm_wants_one():
    with pytest.raises(BadRhythmError):
        Obligation("x", "x", ARTICLE, "4 years", lambda on: [], not_recorded, count=2)


def test_only_the_owner_and_its_watchers_see_it():
    subject = Subject("4", "联盟", since=date(2020, 1, 1), institution_id=1, watchers=frozenset({7}))
    assert [subject.is_seen_by(institution) for institution in (1, 7, 2)] == [True, True, False]
