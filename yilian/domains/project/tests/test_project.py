"""Stories of projects: applied for, screened, decided, planned, carried out, late, changed, evaluated, stopped."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from yilian.domains.project.documents import of_application, of_evaluation, of_plan
from yilian.domains.project.models import Project, Report, Spending
from yilian.domains.project.tests.conftest import MARKS, Cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.documents.issuing import issue
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.refusals import Refused


def read(cast: Cast, case: Project) -> Project:
    with scope(cast.lead):
        return Project.objects.get(pk=case.pk)


def test_from_application_to_evaluation(cast: Cast):
    case = cast.running(30, 60)
    assert (case.state, case.next_on) == ("running", clock.today() + timedelta(days=30))
    line = cast.line(case, "设备")
    case = cast.take(case, "spend", cast.township, line=line, amount="600.50", spent_on=clock.today(), what="监护仪")
    assert "余额 0.00 元" in cast.refused(
        case, "spend", cast.county, line=line, amount="0.01", spent_on=clock.today(), what="耗材"
    )
    assert "未完成：任务30、任务60" in cast.refused(case, "finish", cast.county, summary="完成")
    case = cast.report(case, "任务30", by=cast.township)
    assert case.next_on == clock.today() + timedelta(days=60)
    case = cast.take(case, "report_midterm", cast.county, progress="过半")
    case = cast.take(case, "evaluate_midterm", cast.lead, **MARKS)
    assert (case.state, case.midterm_on) == ("running", None)
    case = cast.take(cast.report(case, "任务60"), "finish", cast.county, summary="全部完成")
    case = cast.take(case, "evaluate", cast.lead, **MARKS)
    assert (case.state, case.open, case.score, case.grade) == ("closed", False, Decimal("79.5"), "good")
    with scope(cast.lead):
        assert [row.is_final for row in case.evaluations.all()] == [False, True]
        assert issue(case, "project.evaluation", by=cast.lead).number.startswith("联项评〔")
        assert of_evaluation(case)["tables"][0]["rows"][-1][2] == "79.5（良好）"
        assert len(of_plan(case)["tables"][0]["rows"]) == 2
        assert ["项目名称", "胸痛中心共建"] in of_application(case)["facts"]


def test_partners_agree_before_it_goes_on_and_members_see_it_once_it_is_taken_on(cast: Cast):
    case = cast.take(cast.draft(), "submit", cast.county)
    assert "尚未确认：石桥乡卫生院" in cast.refused(case, "pass_on", cast.lead, screening="可以")
    assert not cast.world.sees(cast.other, case)
    back = cast.take(case, "stay_out", cast.township, return_reason="人手不足")
    assert (back.state, cast.world.sees(cast.township, back)) == ("draft", False)
    case = cast.take(cast.take(back, "submit", cast.county), "join", cast.township)
    case = cast.take(case, "pass_on", cast.lead, screening="可以")
    case = cast.take(case, "approve", cast.chief, decided_by="院长办公会")
    assert (cast.world.sees(cast.other, case), cast.world.sees(cast.stranger, case)) == (True, False)
    assert (case.basis, case.decided_on) == ("院长办公会", clock.today())


@pytest.mark.parametrize(
    ("answers", "says"),
    [({"ends_on": "2020-01-01"}, "结束日期应晚于开始日期"), ({"goals": ""}, "请填写"),
     ({"partners": []}, "请填写「合作单位」")],
)  # fmt: skip
def test_what_is_incomplete_is_not_submitted(cast: Cast, answers, says):
    assert says in cast.refused(cast.draft(**answers), "submit", cast.county)


def test_a_budget_is_money_from_the_first_draft_on(cast: Cast):
    with pytest.raises(Refused, match="精确到分"):
        cast.draft(budget="1.005")
    assert "精确到分" in cast.refused(cast.draft(), "edit", cast.county, budget="1.005")


def test_members_cooperate_with_members_and_people_of_theirs(cast: Cast):
    assert "非成员" in cast.refused(cast.draft(partners=[cast.stranger.institution_id]), "submit", cast.county)
    assert "不应有申请单位" in cast.refused(cast.draft(partners=[cast.county.institution_id]), "submit", cast.county)
    team = [cast.person(cast.other).pk]
    assert "项目组成员应是" in cast.refused(cast.draft(team=team), "submit", cast.county)


def test_whoever_applied_does_not_judge(cast: Cast):
    case = cast.draft(by=cast.lead, partners=[cast.county.institution_id])
    case = cast.take(cast.take(case, "submit", cast.lead), "join", cast.county)
    assert "不由项目申请经办人办理" in cast.refused(case, "pass_on", cast.lead, screening="可以")
    assert cast.take(case, "pass_on", cast.chief, screening="可以").state == "deciding"


def test_a_plan_lies_within_the_project_and_meets_its_budget(cast: Cast):
    case = cast.take(cast.screened(), "approve", cast.chief, decided_by="院长办公会")
    plan = cast.plan(30)
    assert "任务300" in cast.refused(case, "submit_plan", cast.county, **cast.plan(300))
    assert "合计 1.00 元" in cast.refused(
        case, "submit_plan", cast.county, **plan | {"costs": [{"title": "其他", "amount": "1.00"}]}
    )
    assert "至少有一项" in cast.refused(case, "submit_plan", cast.county, schedule=[], costs=plan["costs"])
    twice = [*cast.plan(30)["schedule"], *plan["schedule"]]
    assert "名称不重复" in cast.refused(case, "submit_plan", cast.county, **plan | {"schedule": twice})
    strange = [plan["schedule"][0] | {"responsible": cast.person(cast.other).pk}]
    assert "任务30" in cast.refused(case, "submit_plan", cast.county, **plan | {"schedule": strange})


def test_what_is_late_falls_behind_until_it_is_done(cast: Cast):
    case = cast.running(10, 60)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        go_round()
        case = read(cast, case)
        assert case.state == "delayed"
        case = cast.report(case, "任务10")
        assert case.state == "running"
        go_round()
        assert read(cast, case).state == "running"


def test_evidence_that_is_sent_back_opens_its_milestone_again(cast: Cast):
    case = cast.report(cast.running(30, 60), "任务30")
    with scope(cast.lead):
        key = case.milestones.get(title="任务30").pk
    assert "所选阶段任务" in cast.refused(
        case, "report", cast.county, milestone=key, done_on=clock.today(), result="重复"
    )
    case = cast.take(case, "reopen", cast.lead, reported=key, return_reason="缺少签字")
    assert case.next_on == clock.today() + timedelta(days=30)
    assert "任务30" in cast.refused(case, "finish", cast.county, summary="完成")


def test_a_change_replaces_what_is_open_and_keeps_what_was_done_and_spent(cast: Cast):
    case = cast.report(cast.running(30, 60), "任务30")
    line = cast.line(case, "培训")
    case = cast.take(case, "spend", cast.county, line=line, amount="300", spent_on=clock.today(), what="培训")
    end = clock.today() + timedelta(days=300)
    change = {"change_reason": "设备到货晚", "new_end_on": end, **cast.plan(250, costs=(("设备", "800.50"),))}
    assert "培训" in cast.refused(case, "propose_change", cast.county, **change)
    change["costs"] = [{"title": "设备", "amount": "700.50"}, {"title": "培训", "amount": "300"}]
    case = cast.take(case, "propose_change", cast.county, **change)
    assert (case.state, case.ends_on) == ("changing", clock.today() + timedelta(days=200))
    case = cast.take(case, "approve_change", cast.lead)
    assert (case.state, case.ends_on, case.next_on) == ("running", end, case.midterm_on)
    with scope(cast.lead):
        assert [row.title for row in case.milestones.filter(dropped_by=0)] == ["任务30", "任务250"]
        assert case.lines.get(title="设备").planned == Decimal("700.50")
        row = case.amendments.get()
        assert (row.is_approved, row.before["ends_on"]) == (True, str(clock.today() + timedelta(days=200)))


def test_a_refused_change_leaves_the_plan_and_says_why(cast: Cast):
    case = cast.running(30)
    change = {"change_reason": "多要钱", "new_end_on": case.ends_on, **cast.plan(40, costs=(("设备", "5000"),))}
    case = cast.take(case, "propose_change", cast.county, **change)
    assert "请牵头单位领导批准" in cast.refused(case, "approve_change", cast.lead)
    assert "应写明理由" in cast.refused(case, "refuse_change", cast.lead)
    case = cast.take(case, "refuse_change", cast.lead, return_reason="经费不足")
    assert (case.state, case.budget, [row["title"] for row in case.schedule]) == (
        "running",
        Decimal("1000.50"),
        ["任务30"],
    )
    case = cast.take(case, "propose_change", cast.county, **change)
    assert cast.take(case, "approve_change", cast.chief).budget == Decimal(5000)


def test_spendings_are_sound_and_taken_back_by_entries_below_zero(cast: Cast):
    case = cast.running()
    entry = {"line": cast.line(case, "培训"), "spent_on": clock.today(), "what": "教材"}
    for amount in ("0", "1.234", "-1"):
        assert "金额精确到分" in cast.refused(case, "spend", cast.county, **entry, amount=amount)
    tomorrow = entry | {"spent_on": clock.today() + timedelta(days=1)}
    assert "不晚于今天" in cast.refused(case, "spend", cast.county, **tomorrow, amount="1")
    case = cast.take(case, "spend", cast.county, **entry, amount="100")
    case = cast.take(case, "spend", cast.county, **entry, amount="-100")
    with scope(cast.stranger):
        assert not Spending.objects.exists()
    with scope(cast.county), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        case.spendings.update(amount=1)
    with scope(cast.county):
        assert Report.objects.count() == 0


def test_a_stopped_project_says_why_and_weights_are_kept_with_the_evaluation(cast: Cast):
    case = cast.running()
    case = cast.take(case, "report_midterm", cast.county, progress="缓慢")
    with scope(cast.lead):
        set_value("project.weight_goals", "0", by=cast.lead, effective_from=clock.today(), ground="测试",
                  consortium_id=cast.group.pk)  # fmt: skip
    case = cast.take(case, "evaluate_midterm", cast.lead, **MARKS)
    with scope(cast.lead):
        row = case.evaluations.get()
        assert (row.total, row.weights["goals"]) == (Decimal("72.5"), 0)
    case = cast.take(case, "stop", cast.chief, decided_by="院长办公会", stop_reason="合作单位撤出")
    assert (case.state, case.ended_on) == ("stopped", clock.today())


def test_the_body_that_sits_decides_and_its_words_are_kept_in_the_language_of_the_installation(cast: Cast):
    seats = [{"position": "chair", "person": cast.person(cast.lead).pk}]
    answers = {"consortium": cast.group.pk, "sort": "leading", "name": "领导小组", "since_on": "2020-01-01",
               "decision": "大会", "seats": seats}  # fmt: skip
    cast.take(cast.world.open("body", by=cast.lead, **answers), "found", cast.lead)
    case = cast.screened()
    assert "请提请领导小组审议" in cast.refused(case, "approve", cast.chief, decided_by="会议")
    with translation.override("en"):
        cast.take(case, "put", cast.lead)
        assert "is under way" in cast.refused(case, "put", cast.lead)
        with scope(cast.lead):
            motion = case_types["motion"].model.objects.get(about=case.pk)
            seat = motion.body.seats.get().pk
        motion = cast.take(motion, "put", cast.lead)
        cast.take(cast.take(motion, "vote_seat", cast.chief, seat=seat, ballot="for"), "count", cast.lead)
    case = read(cast, case)
    assert (motion.title, motion.recused, motion.is_confidential) == ("合作项目立项：胸痛中心共建", [], False)
    assert (case.state, case.basis) == ("planning", f"领导小组决议 {motion.number}")
