"""Steps that stay in their state, and questions answered by a table."""

import pytest

from yilian.kernel.access.actor import system_actor
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import STAY, Ask, Flow, FlowError, Party, Step

ANYONE = system_actor("试验", 1)
SEATS = Ask(
    "seats",
    "席位",
    "rows",
    asks=(
        Ask("position", "职务", "choice", choices=(("chair", "理事长"), ("vice", "副理事长"))),
        Ask("name", "姓名", max_length=5),
        Ask("note", "备注", required=False),
    ),
)


def test_a_step_that_stays_makes_an_edge_onto_itself():
    flow = Flow("a", ("b",), (Step("go", "走", "a", "b", Party("x")), Step("note", "记", ("a",), STAY, Party("x"))))
    assert flow.edges == {("a", "b"), ("a", "a")}
    assert flow.step("note").target_from("a") == "a"


def test_a_step_says_what_it_sets():
    assert Step("go", "走", "a", "b", Party("x"), sets={"place": ""}).sets == (("place", ""),)
    assert hash(Step("go", "走", "a", "b", Party("x"))) is not None


def test_a_state_that_only_stays_has_no_way_out():
    with pytest.raises(FlowError, match="no way leads out of a"):
        Flow("a", (), (Step("note", "记", "a", STAY, Party("x")),))


def test_rows_are_read_one_by_one_and_empty_ones_left_out():
    given = [{"position": "chair", "name": "张三"}, {"position": "", "name": ""}, {"position": "vice", "name": "李四"}]
    answer = clean([SEATS], {"seats": given}, ANYONE).given["seats"]
    assert answer.value == [{"position": "chair", "name": "张三"}, {"position": "vice", "name": "李四"}]
    assert answer.label == "理事长 张三；副理事长 李四"


def test_rows_may_come_as_the_text_of_a_form():
    assert clean([SEATS], {"seats": '[{"position": "vice", "name": "李四"}]'}, ANYONE).get("seats")[0]["name"] == "李四"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ([{"position": "chair"}], "第 1 行：请填写「姓名」"),
        (
            [{"position": "chair", "name": "张三"}, {"position": "boss", "name": "李四"}],
            "第 2 行：「职务」没有这个选项",
        ),
        ([{"position": "chair", "name": "张三", "age": 3}], "没有名为 age 的问题"),
        ("not json", "应为表格"),
        (["张三"], "应为表格"),
        ([], "请填写「席位」"),
    ],
)
def test_a_bad_row_is_named(given, wrong):
    with pytest.raises(BadAnswersError, match=wrong):
        clean([SEATS], {"seats": given}, ANYONE)


def test_only_tables_have_columns():
    with pytest.raises(FlowError, match="columns"):
        Ask("seats", "席位", "rows")
