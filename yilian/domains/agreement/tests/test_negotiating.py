"""Drafted from a template, negotiated clause by clause, agreed by every side."""

import json

from yilian.domains.agreement.models import ClauseRound
from yilian.domains.agreement.wording import Wording, changes, digest_of, ordinal
from yilian.kernel.access.scope import scope


def texts(table, row, by=None):
    with scope(by or table.lead):
        return [line.text for line in Wording(table.again(row, by=by)).lines()]


def test_a_template_gives_clauses_that_name_the_parties_and_their_values(table):
    row = table.draft(template="group")
    said = " ".join(texts(table, row))
    assert "江城市第一人民医院每年向对方派出技术团队不少于4人次" in said
    assert "北岭县人民医院经书面申请" in said
    assert "＿" not in said


def test_a_draft_is_seen_by_its_drafter_alone_and_a_proposed_one_by_the_parties(table):
    row = table.draft()
    assert not table.world.sees(table.county, row)
    table.world.take(row, "propose", by=table.lead)
    assert table.world.sees(table.county, row)
    assert not table.world.sees(table.township, row)
    assert not table.world.sees(table.stranger, row)


def test_parties_are_members_and_values_are_filled(table):
    strange = table.draft(partners=[table.stranger.institution_id])
    assert "不是成员：远山市人民医院" in table.refused(strange, "propose", by=table.lead)
    alone = table.draft(partners=[table.lead.institution_id])
    assert "两个以上的签约单位" in table.refused(alone, "propose", by=table.lead)


def test_a_changed_clause_keeps_its_round_and_asks_everybody_again(table):
    row = table.proposed()
    row = table.world.take(row, "approve", by=table.county)
    clause = table.clause(row, "answer_within")
    table.revise(row, clause, by=table.county, hours=12)
    with scope(table.lead):
        one = ClauseRound.objects.get(clause=clause)
    assert (one.before["terms"]["hours"], one.after["terms"]["hours"]) == (24, 12)
    assert one.institution_id == table.county.institution_id
    assert any("在12小时内答复" in text for text in texts(table, row))
    assert "尚未同意：北岭县人民医院" in table.refused(row, "finalise", by=table.lead)


def test_two_who_edit_the_same_clause_and_the_second_reads_the_first(table):
    row = table.proposed()
    clause = table.clause(row, "answer_within")
    table.revise(row, clause, by=table.county, hours=12)
    said = table.refused(
        row, "revise", by=table.lead, clause=clause.pk, read=1, clause_title=clause.title, clause_text="另一种写法",
        terms=json.dumps({**clause.terms, "hours": 48}),
    )  # fmt: skip
    assert "北岭县人民医院" in said
    assert "已改为：" in said
    assert "12小时" in said
    other = table.clause(row, "general")
    assert table.revise(row, other, by=table.lead, text="改另一条").version > row.version


def test_values_that_do_not_fit_and_clauses_of_others_are_refused(table):
    row, other = table.proposed(), table.draft()
    clause, foreign = table.clause(row, "answer_within"), table.clause(other, "answer_within")
    answers = {"clause_title": "题", "clause_text": "文", "read": 1}
    assert "应在" in table.refused(row, "revise", by=table.lead, clause=clause.pk, terms='{"hours": 0}', **answers)
    assert "JSON" in table.refused(row, "revise", by=table.lead, clause=clause.pk, terms="[", **answers)
    assert "本协议之中" in table.refused(row, "revise", by=table.lead, clause=foreign.pk, terms="{}", **answers)
    strange = {"clause_kind": "nothing", "clause_title": "题", "clause_text": "文"}
    assert "没有这种条款" in table.refused(row, "add_clause", by=table.lead, **strange)


def test_a_clause_may_be_added_and_dropped(table):
    row = table.proposed()
    terms = json.dumps({"item": "CT 平扫", "amount": "180.50", "unit": "次"})
    table.world.take(row, "add_clause", by=table.county, clause_kind="price", clause_title="检查价格",
                     clause_text="{item}每{unit}{amount}元", terms=terms)  # fmt: skip
    assert texts(table, row)[-1] == "CT 平扫每次180.50元"
    added = table.clause(row, "price")
    table.world.take(row, "drop_clause", by=table.lead, clause=added.pk, read=1)
    assert "CT" not in texts(table, row)[-1]


def test_braces_that_name_no_value_stay_a_blank_and_reach_nothing(table):
    row = table.proposed()
    clause = table.clause(row, "general")
    table.revise(row, clause, by=table.lead, text="{x.__class__} {nothing} {0}")
    assert texts(table, row)[0] == "{x.__class__} ＿＿＿＿ ＿＿＿＿"


def test_words_of_changes_and_numbers():
    pieces = changes("应在24小时内答复", "应在12小时内书面答复")
    assert "".join(one.text for one in pieces if one.way != "gone") == "应在12小时内书面答复"
    assert "".join(one.text for one in pieces if one.way != "added") == "应在24小时内答复"
    assert [one.text for one in pieces if one.way != "same"] == ["24", "12", "书面"]
    assert [ordinal(n) for n in (1, 10, 11, 20, 35)] == ["第一条", "第十条", "第十一条", "第二十条", "第三十五条"]
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
