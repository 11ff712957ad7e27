"""Questions that depend on another answer, reasons that want a comment, and deadlines that count from a date."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.due import due_at
from yilian.kernel.workflow.flow import Ask, Deadline, FlowError
from yilian.kernel.workflow.gate import missing_answers

ANYONE = system_actor("试验", 1)
WAY = Ask("way", "方式", "choice", choices=(("car", "车"), ("foot", "步行")))
PLATE = Ask("plate", "车牌", when="way=car")


@pytest.mark.parametrize("raw", [{"way": "foot"}, {"way": "foot", "plate": ""}])
def test_a_question_that_is_not_put_need_not_be_answered(raw):
    assert clean([WAY, PLATE], raw, ANYONE).get("plate") is None


@pytest.mark.parametrize("raw", [{"way": "car"}, {"way": "car", "plate": " "}])
def test_a_question_that_is_put_must_be_answered(raw):
    with pytest.raises(BadAnswersError, match="请填写「车牌」"):
        clean([WAY, PLATE], raw, ANYONE)


@pytest.mark.parametrize(("way", "missing"), [("car", ["plate"]), ("foot", []), ("", ["way"])])
def test_a_form_misses_only_what_is_asked(way, missing):
    case = SimpleNamespace(way=way, plate="")
    found = missing_answers(SimpleNamespace(form=(WAY, PLATE)), case)
    assert [reason.field for reason in found] == missing


def test_a_condition_names_an_answer():
    with pytest.raises(FlowError, match="names no answer"):
        Ask("plate", "车牌", when="way")


@pytest.fixture
def term(db):
    key = "test.term_hours"
    parameters.add(Parameter(key, "期限", 24, "h"))
    yield key
    del parameters._items[key]


@pytest.mark.parametrize(
    ("known", "due"), [(None, "2026-03-02 08:00"), (date(2026, 3, 5), "2026-03-06 23:59")], ids=["state", "day"]
)
def test_a_deadline_may_count_from_a_day(term, known, due):
    since = clock.local(clock.now()).replace(2026, 3, 1, 8, 0, 0, 0)
    case = SimpleNamespace(state="a", open=True, since=since, priority=3, consortium_id=None, wanted_on=known)
    deadline = Deadline("a", term, counts_from="wanted_on")
    case_type = SimpleNamespace(flow=SimpleNamespace(deadline_of=lambda state: deadline))
    found = clock.local(due_at(case_type, case, None))
    assert found.strftime("%Y-%m-%d %H:%M") == due
    assert found - timedelta(hours=24) >= since
