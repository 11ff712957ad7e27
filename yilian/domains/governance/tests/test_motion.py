"""Stories of motions: put, voted on, counted by the lead or the clock, and who sees them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from yilian.domains.governance.models import Ballot, Motion
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.documents.days import written
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.documents.wordings import content, keep
from yilian.kernel.notices.models import Notice
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow import queries


def inbox(actor):
    with scope(actor):
        return [row["id"] for row in queries.inbox(actor)]


def test_everybody_votes_and_the_lead_counts(council):
    motion = council.put()
    assert [motion.pk in inbox(actor) for actor in council.everybody] == [True] * 4
    motion = council.vote(motion, (council.lead, "for"), (council.township, "for"), (council.county, "against"))
    assert [motion.pk in inbox(actor) for actor in council.everybody] == [False, False, False, True]
    assert "尚未表决：江城市中医医院" in council.refused(motion, "count", by=council.lead)
    motion = council.vote(motion, (council.chinese, "abstain"))
    motion = council.world.take(motion, "count", by=council.lead)
    assert (motion.state, motion.outcome, motion.open) == ("counted", "passed", False)
    numbers = [motion.tally[name] for name in ("in_favour", "against", "abstained", "recused", "missing")]
    assert numbers == [2, 1, 1, 0, 0]


def test_a_ballot_is_cast_once_and_seen_by_the_members_only(council):
    motion = council.vote(council.put(), (council.township, "for"))
    assert "「表决」由待表决单位" in council.refused(motion, "vote", by=council.township, ballot="against")
    assert council.ballots(motion, council.county) == [("石桥乡卫生院", "for")]
    assert council.ballots(motion, council.stranger) == []
    assert not council.world.sees(council.stranger, motion)


@pytest.mark.parametrize("change", [lambda rows: rows.update(choice="against"), lambda rows: rows.delete()])
def test_nobody_changes_a_ballot(council, change):
    motion = council.vote(council.put(), (council.township, "for"))
    with scope(council.township), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        change(Ballot.objects.filter(case=motion.pk))


def test_whoever_recuses_says_why_and_leaves_the_base(council):
    motion = council.put()
    assert "请填写「回避理由」" in council.refused(motion, "vote", by=council.township, ballot="recuse")
    motion = council.vote(motion, (council.township, "recuse"), (council.lead, "for"), (council.county, "against"),
                          (council.chinese, "for"))  # fmt: skip
    motion = council.world.take(motion, "count", by=council.lead)
    assert (motion.outcome, motion.tally["recused"], motion.tally["in_favour"]) == ("passed", 1, 2)


def test_the_clock_counts_when_the_days_are_over(council):
    motion = council.vote(council.put(), (council.lead, "for"))
    with clock.standing_at(motion.due - timedelta(minutes=1)):
        go_round()
        with scope(council.lead):
            assert Motion.objects.get(pk=motion.pk).state == "voting"
    with clock.standing_at(motion.due + timedelta(minutes=1)):
        assert "表决已于" in council.refused(motion, "vote", by=council.county, ballot="for")
        go_round()
    with scope(council.lead):
        counted = Motion.objects.get(pk=motion.pk)
    assert (counted.state, counted.outcome) == ("counted", "no_quorum")
    assert len(counted.tally["missing_institutions"]) == 3


def majority(council, percent):
    rule = {"by": council.lead, "effective_from": clock.today(), "ground": "章程", "consortium_id": council.group.pk}
    with scope(council.lead):
        set_value("governance.majority", percent, **rule)


def three_to_one(council, motion):
    votes = [(actor, "for") for actor in council.everybody[:3]]
    motion = council.vote(motion, *votes, (council.chinese, "against"))
    return council.world.take(motion, "count", by=council.lead)


def test_the_numbers_of_the_consortium_decide(council):
    majority(council, "75")
    assert three_to_one(council, council.put()).outcome == "rejected"


def test_numbers_changed_while_voting_decide_later_motions_only(council):
    with clock.standing_at(clock.now() - timedelta(days=3)):
        motion = council.put()
    majority(council, "75")
    assert three_to_one(council, motion).outcome == "passed"
    assert three_to_one(council, council.put()).outcome == "rejected"


def test_a_member_that_leaves_is_out_of_the_base_with_what_it_cast(council):
    motion = council.vote(council.put(), (council.lead, "for"), (council.county, "against"), (council.chinese, "for"))
    with clock.standing_at(clock.now() + timedelta(days=2)):
        for gone in (council.county, council.township):
            council.leaves(gone, clock.today() - timedelta(days=1))
        assert "仍是该医联体的成员" in council.refused(motion, "vote", by=council.township, ballot="for")
        motion = council.world.take(motion, "count", by=council.lead)
    assert (motion.outcome, motion.tally["in_favour"], motion.tally["against"], motion.tally["missing"]) == (
        "passed", 2, 0, 0,
    )  # fmt: skip
    assert sorted(motion.tally["gone_institutions"]) == sorted(
        [council.county.institution_id, council.township.institution_id]
    )


def test_the_lead_hears_when_the_last_has_voted(council):
    motion = council.vote(council.put(), (council.lead, "for"), (council.township, "for"), (council.county, "for"))
    told = {"institution_id": council.lead.institution_id, "kind": "word", "case_id": motion.pk}
    with scope(council.lead):
        assert not Notice.objects.filter(**told).exists()
    council.vote(motion, (council.chinese, "for"))
    with scope(council.lead):
        assert "全部表决" in Notice.objects.get(**told).text


def test_only_the_lead_puts_a_motion(council):
    motion = council.draft(by=council.county)
    assert "牵头单位是江城市第一人民医院" in council.refused(motion, "put", by=council.county)


def test_a_withdrawn_motion_is_not_counted(council):
    motion = council.vote(council.put(), (council.township, "for"))
    motion = council.world.take(motion, "withdraw", by=council.lead, withdrawal="方案需修改")
    assert (motion.state, motion.outcome) == ("withdrawn", "")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"value": "soon"}, "请填写数字"),
        ({"value": "9000"}, "不能大于 8760"),
        ({"value": ""}, "请填写「新取值」"),
        ({"effective_on": "2020-01-01"}, "填写的是 2020-01-01"),
    ],
)
def test_a_change_that_could_not_be_carried_out_is_not_put(council, answers, says):
    change = {"matter": "parameter", "parameter": "referral.answer_hours", "value": "12"}
    assert says in council.refused(council.draft(**change | answers), "put", by=council.lead)


def test_a_passed_motion_is_printed_as_a_resolution_in_the_words_of_the_house(council, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tasks = [{"what": "拟订规则", "doer": council.county.institution_id, "until_on": clock.today().isoformat()}]
    passed = council.passed(tasks=tasks)
    rejected = council.vote(council.put(), *((one, "against") for one in council.everybody))
    rejected = council.world.take(rejected, "count", by=council.lead)
    paper = papers["motion.resolution"]
    with scope(council.lead):
        assert issue(passed, paper.key, by=council.lead).number.startswith("联议〔")
        text = [line["text"] for line in content(paper, passed, council.lead.institution_id)["body"]]
        with pytest.raises(PaperRefused, match="未通过的议案不形成决议"):
            issue(rejected, paper.key, by=council.lead)
        keep(paper, "标题：决议【议案编号】\n\n# 一、决定\n【议案内容】", by=council.lead, read=0)
        own = content(paper, passed, council.lead.institution_id)
    assert any("赞成 4 票，反对 0 票，弃权 0 票" in line for line in text)
    assert text[-2:] == ["决议事项共 1 项：", f"1. 拟订规则（北岭县人民医院，{written(clock.today())}前）"]
    assert own["title"] == f"决议{passed.number}"
    assert own["body"] == [{"text": "一、决定", "heading": True}, {"text": "由各成员单位各派一人。", "heading": False}]
    with scope(council.county):
        assert content(paper, passed, council.county.institution_id)["title"] == "关于设立医疗质量工作组的决议"
