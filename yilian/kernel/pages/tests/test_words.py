"""How pages put things: ages, time limits, facts, diagrams, buttons."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.pages.columns import Reader
from yilian.kernel.pages.diagram import draw
from yilian.kernel.pages.drawing import table_rows
from yilian.kernel.pages.facts import facts_of
from yilian.kernel.pages.person_words import age, person_words
from yilian.kernel.pages.standing import Standing
from yilian.kernel.pages.templatetags.pages import due_tone, due_words, period_words
from yilian.kernel.workflow.case_type import Column, case_types

MOMENT = clock.local(clock.now()).replace(year=2026, month=3, day=1, hour=8, minute=0, second=0, microsecond=0)


@pytest.fixture
def march():
    with clock.standing_at(MOMENT):
        yield


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2026", "2026年"),
        ("2026H2", "2026年下半年"),
        ("2026Q4", "2026年第4季度"),
        ("2026-11", "2026年11月"),
        ("2022-03-02..2025-03-01", "2022-03-02 至 2025-03-01"),
    ],
)
def test_a_period_is_named_as_people_do(label, words):
    assert period_words(label) == words


@pytest.mark.parametrize(
    ("born_on", "words"),
    [
        (None, ""),
        (date(2026, 2, 20), "0 个月"),
        (date(2025, 3, 2), "11 个月"),
        (date(2025, 3, 1), "12 个月"),
        (date(1992, 3, 1), "34 岁"),
        (date(1992, 3, 2), "33 岁"),
    ],
)
def test_an_age_is_told_in_months_for_small_children(march, born_on, words):
    assert age(born_on) == words


@pytest.mark.parametrize(("sex", "words"), [("1", "王五，男，34 岁"), ("0", "王五，34 岁"), (None, "王五，34 岁")])
def test_what_is_not_known_of_a_person_is_left_out(march, sex, words):
    assert person_words("王五", sex, date(1992, 3, 1)) == words


@pytest.mark.parametrize(
    ("wait", "words", "tone"),
    [
        (timedelta(minutes=-5), "超时 5 分钟", "late"),
        (timedelta(hours=-30), "超时 30 小时", "late"),
        (timedelta(days=-3), "超时 3 天", "late"),
        (timedelta(hours=3), "还有 3 小时", "soon"),
        (timedelta(days=9), "还有 9 天", ""),
    ],
)
def test_a_time_limit_says_how_late_or_how_long_still(march, wait, words, tone):
    assert (due_words(MOMENT + wait), due_tone(MOMENT + wait)) == (words, tone)


def test_moments_of_this_year_are_short_on_the_screen(march):
    columns = [Column("since", "时间", "datetime")]
    rows = [{"id": 1, "since": moment} for moment in (MOMENT, MOMENT - timedelta(days=365))]
    drawn = table_rows(Reader(case_types["errand"], columns, {}), rows)
    now, before = (f"{clock.local(row['since']):%Y-%m-%d %H:%M}" for row in rows)
    assert f">{now[5:]}</td>" in drawn
    assert f">{before}</td>" in drawn


def test_open_questions_are_named_and_required_ones_stand_empty(world, sender):
    case = world.open("errand", by=sender.actor, wish="会诊", amount="3")
    with scope(sender.actor):
        (group,) = facts_of(case, sender.actor)
    told = [(fact.title, fact.text) for fact in group.facts]
    assert told[:3] == [("对方机构", ""), ("所求", "会诊"), ("数量", "3")]
    assert "希望日期" in group.unanswered


def test_buttons_are_duties_and_the_rest_is_under_more(world, receiver, sent):
    accepted = world.take(sent, "accept", by=receiver.actor)
    with scope(receiver.actor):
        standing = Standing(accepted, receiver.actor)
        assert [step.verb for step in standing.buttons] == ["finish"]
        assert standing.is_my_turn
        assert standing.waits_for == ["北岭县人民医院（转诊中心）"]


def test_what_is_no_duty_of_the_sender_stands_under_more(sender, sent):
    with scope(sender.actor):
        standing = Standing(sent, sender.actor)
        assert standing.buttons == []
        assert [step.verb for step in standing.more] == ["redirect"]
        assert standing.blocked == []


@pytest.mark.parametrize("kind", list(case_types), ids=lambda kind: kind.key)
def test_every_state_is_drawn_or_told(kind):
    diagram = draw(kind)
    told = {title for title, _sources in diagram.told}
    for state in kind.flow.states:
        title = kind.state_title(state)
        assert title in told or f">{title}</text>" in diagram.svg


def test_a_diagram_escapes_titles():
    plain = case_types["errand"]
    states = {state: (f"<b>{title}", tone) for state, (title, tone) in plain.states.items()}
    fields = ("flow", "main_states", "title")
    kind = SimpleNamespace(
        **{name: getattr(plain, name) for name in fields},
        state_title=lambda state: states[state][0],
        is_final=plain.is_final,
    )
    assert "<b>" not in draw(kind).svg
