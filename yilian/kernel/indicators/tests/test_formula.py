"""Formulas: what may be written, what it means, and what is said of mistakes."""

import pytest

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.refusal import FormulaRefused
from yilian.kernel.indicators.tree import Aggregate, All, Among, Col, Compare, Later, Lit, Prefix, Span, Verb
from yilian.kernel.lake.fact import Column, Fact, Kind, facts

STAY = Fact(
    "stay", "住院", (
        Column("kind", Kind.CODE, "类别", choices={"in": "住院", "out": "门诊"}),
        Column("dx", Kind.CODE, "诊断"),
        Column("cost", Kind.INT, "费用（分）"),
        Column("days", Kind.INT, "住院日"),
        Column("died", Kind.BOOL, "死亡"),
        Column("start_at", Kind.MOMENT, "开始"),
        Column("end_at", Kind.MOMENT, "结束"),
        Column("next_on", Kind.DATE, "下次"),
        Column("patient", Kind.IDENTITY, "患者"),
    ), {"hospital": "医院", "sender": "转出方"},
)  # fmt: skip
PLACE = Fact("place", "机构", (Column("tier", Kind.INT, "级别"),), {"place": "机构"}, describes_institutions=True)


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    monkeypatch.setattr(facts, "_items", {"stay": STAY, "place": PLACE})


def tree(text):
    return Formula("stay", "hospital", text).aggregates[0]


def test_a_formula_is_read_into_a_typed_tree():
    wanted = Aggregate(
        Verb.SUM,
        Col("cost", Kind.INT),
        All((
            Compare(Col("kind", Kind.CODE), "==", Lit("in")),
            Among(Prefix(Col("dx", Kind.CODE), 3), ("I10", "E11")),
            Compare(Col("end_at", Kind.MOMENT), "<=", Later(Col("start_at", Kind.MOMENT), Span(minutes=30))),
            Compare(Col("tier", Kind.INT, "hospital"), ">=", Lit(2)),
        )),
    )  # fmt: skip
    text = """sum(cost, where=kind == "in" and prefix(dx, 3) in ["I10", "E11"]
                and end_at <= start_at + minutes(30) and institution.tier >= 2)"""
    assert tree(text) == wanted


def test_another_institution_of_the_row_has_what_is_known_of_it():
    assert tree("count(where=sender.tier == 1)").where == Compare(Col("tier", Kind.INT, "sender"), "==", Lit(1))


def test_only_distinct_counts_cannot_be_added_up():
    assert Formula("stay", "hospital", "count()", "distinct(patient)").is_distinct
    assert not Formula("stay", "hospital", "count()", "sum(days)").is_distinct


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有内容"),
        ("count(", "读不懂"),
        ("count（）", "第 6 个字符：“（”是全角符号"),
        ("count(where=kind == '住院')", "“住”不能用在公式里"),
        ("count(where=kinds == 'in')", "第 13 个字符：没有“kinds”这一列"),
        ("count(where=kind == 'inn')", "没有“inn”这个取值；可用：in、out"),
        ("count(where=cost > 'in')", "整数不能与代码比较"),
        ("count(where=kind < 'in')", "代码不分大小"),
        ("count(where=cost)", "这里要一个条件"),
        ("count(where=died == True)", "是否列直接写列名"),
        ("count(cost)", "count 不带列"),
        ("sum(dx)", "sum 只能加整数列；这里是代码"),
        ("sum(cost / 100)", "公式里不做除法"),
        ("sum(cost * 3)", "公式里不做除法"),
        ("sum(cost) / count()", "最外层须是"),
        ("count() + count()", "最外层须是"),
        ("sum(1.5)", "只能写整数"),
        ("sum(cost, where=count() > 1)", "count 只能在最外层"),
        ("count(when=died)", "只能带一个 where"),
        ("count(where=end_at - start_at)", "时刻后面只能加"),
        ("count(where=end_at < start_at + minutes(1 + 1))", "这里要一个 0 到"),
        ("count(where=next_on > next_on + minutes(3))", "日期只能加 days"),
        ("count(where=start_at < next_on)", "时刻不能与日期比较"),
        ("count(where=prefix(dx, 3) == 'I1')", "前 3 位不可能等于"),
        ("count(where=nobody.tier == 2)", "“nobody”不是机构"),
        ("count(where=institution.size == 2)", "机构没有“size”这一项"),
        ("count(where=1 == 1)", "两边都是写死的值"),
        ("__import__('os').system('id')", "最外层须是"),
        ("count(where=open('x'))", "没有“open”这个函数"),
        ("sum(cost.__class__)", "“cost”不是机构"),
        ("(lambda: 1)()", "最外层须是"),
        ("count(where=[died for died in dx])", "不允许的写法"),
        ("count(where=" + "(" * 300 + "died" + ")" * 300 + ")", "读不懂"),
        ("count(where=" + "not " * 400 + "died)", "套得太深"),
        ("count(where=" + "not " * 600 + "died)", "太长"),
    ],
)
def test_a_mistake_is_refused_with_its_place(text, says):
    with pytest.raises(FormulaRefused) as refused:
        assert tree(text)
    assert says in refused.value.sentence


def test_the_place_of_a_mistake_counts_over_lines():
    with pytest.raises(FormulaRefused) as refused:
        assert tree("count(\n where=nothing)")
    assert "第 15 个字符" in refused.value.sentence


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        (Formula("nothing", "hospital", "count()"), "没有“nothing”这类数据"),
        (Formula("stay", "receiver", "count()"), "住院没有“receiver”这个机构"),
        (Formula("stay", "hospital", "count()", "count("), "分母：.*读不懂"),
    ],
)
def test_the_frame_of_a_formula_is_checked_too(formula, says):
    with pytest.raises(FormulaRefused, match=says):
        assert formula.aggregates
