"""The table of a project's steps, from application to evaluation."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.project import effects, evaluating, planning, rules, winding
from yilian.domains.project import parameters as times
from yilian.domains.project.attachment_kinds import EVIDENCE, REPORT, VOUCHER
from yilian.domains.project.form import CHANGE, FORM, PLAN, REASON
from yilian.domains.project.models import ProjectState as S
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Step

APPLICANT = Party("applicant", "office", "director", "secretary", "head", "quality")
PARTNER = Party("partner", "office", "director", "secretary", "head", "quality")
INVITED = Party("invited", "office", "director")
OFFICE = Party("office", "office", "director", "secretary")
DIRECTOR = Party("office", "director")
TEAM = (APPLICANT, PARTNER)
UNDER_WAY = (S.RUNNING, S.DELAYED)
SPENDING_IN = (*UNDER_WAY, S.CHANGING, S.MIDTERM, S.EVALUATING)

GROUND = Ask("decided_by", _("决定依据"), max_length=200, help=_("会议或领导批示的名称与日期"))
OPINION = (Ask("screening", _("初筛意见"), "longtext", max_length=2000),)
REFUSAL = Ask("reject_reason", _("不予立项的理由"), "longtext", max_length=2000)
DONE = (
    Ask("milestone", _("阶段任务"), "pick", source="project-milestone"),
    Ask("done_on", _("完成日期"), "date"),
    Ask("result", _("完成情况"), "longtext", max_length=4000),
    Ask("evidence", _("佐证材料"), "file", required=False, source=EVIDENCE),
)
REOPENED = (Ask("reported", _("阶段任务"), "pick", source="project-milestone-done"), REASON)
SPENT = (
    Ask("line", _("预算科目"), "pick", source="project-line"),
    Ask("amount", _("金额（元）"), "decimal", minimum=-999_999_999, maximum=999_999_999, help=_("冲减填负数")),
    Ask("spent_on", _("支出日期"), "date"),
    Ask("what", _("用途"), max_length=200),
    Ask("voucher", _("支出凭证"), "file", required=False, source=VOUCHER),
)
PROGRESS = (
    Ask("progress", _("中期进展"), "longtext", max_length=8000, rows=6),
    Ask("report_file", _("报告附件"), "file", required=False, source=REPORT),
)
SUMMARY = (
    Ask("summary", _("结题总结"), "longtext", max_length=8000, rows=8),
    Ask("report_file", _("报告附件"), "file", required=False, source=REPORT),
)
STOP = (GROUND, Ask("stop_reason", _("终止理由"), "longtext", max_length=2000))

flow = Flow(
    start=S.DRAFT,
    finals=(S.CLOSED, S.STOPPED, S.REJECTED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, APPLICANT, asks=FORM, needs=(rules.budget_is_money,),
             duty=False),
        Step("submit", _("提交申请"), S.DRAFT, S.SCREENING, APPLICANT, needs=rules.SUBMITTING, completes=True,
             convenes=True, style="primary", cite=rules.APPLYING, tell=("office", "invited")),
        Step("join", _("确认参加"), S.SCREENING, STAY, INVITED, then=(effects.agree_to_join,), style="primary",
             tell=("applicant", "office"), on_any_version=True),
        Step("stay_out", _("不参加"), S.SCREENING, S.DRAFT, INVITED, asks=(REASON,), then=(effects.dismiss,),
             duty=False, tell=("applicant", "office")),
        Step("pass_on", _("初筛通过"), S.SCREENING, S.DECIDING, OFFICE, asks=OPINION, style="primary",
             needs=(rules.actor_is_another, rules.partners_have_agreed), cite=rules.APPLYING, tell=("applicant",)),
        Step("send_back", _("退回修改"), S.SCREENING, S.DRAFT, OFFICE, asks=(REASON,), then=(effects.dismiss,),
             duty=False, tell=("applicant",)),
        Step("screen_out", _("初筛不通过"), S.SCREENING, S.REJECTED, OFFICE, asks=(REFUSAL,), duty=False,
             needs=(rules.actor_is_another,), notes=(effects.note_end,), style="danger", cite=rules.APPLYING,
             tell=("applicant", "partner")),
        Step("put", _("提请审议"), (S.DECIDING, S.CHANGING), STAY, OFFICE, duty=False, style="primary",
             needs=(rules.a_body_decides, rules.is_not_put_yet), then=(effects.put_to_body,), cite=rules.DECIDING,
             tell=(), help=_("起草议案，由决策机构表决；计票后自动办理。")),
        Step("approve", _("批准立项"), S.DECIDING, S.PLANNING, (DIRECTOR, CLOCK), asks=(GROUND,), convenes=True,
             needs=(rules.no_body_decides, rules.actor_is_another), notes=(effects.note_decision,), style="primary",
             cite=rules.DECIDING, tell=("applicant", "partner", "office")),
        Step("reject", _("不予立项"), S.DECIDING, S.REJECTED, (DIRECTOR, CLOCK), duty=False, style="danger",
             asks=(GROUND, Ask("reject_reason", _("不予立项的理由"), "longtext", required=False, max_length=2000)),
             needs=(rules.no_body_decides, rules.actor_is_another), cite=rules.DECIDING,
             notes=(effects.note_decision, effects.note_end), tell=("applicant", "partner", "office")),
        Step("submit_plan", _("提交计划"), S.PLANNING, S.CONFIRMING, APPLICANT, asks=PLAN, needs=rules.PLANNING,
             style="primary", cite=rules.TARGETS, tell=("office", "partner")),
        Step("confirm_plan", _("确认计划"), S.CONFIRMING, S.RUNNING, OFFICE, notes=(winding.begin,),
             needs=(rules.actor_is_another, *rules.PLANNING), then=(effects.begin,), style="primary",
             cite=rules.TARGETS, tell=("applicant", "partner")),
        Step("return_plan", _("退回计划"), S.CONFIRMING, S.PLANNING, OFFICE, asks=(REASON,), duty=False,
             tell=("applicant",)),
        Step("report", _("报告阶段任务"), UNDER_WAY, S.RUNNING, TEAM, asks=DONE, needs=rules.REPORTING,
             notes=(winding.report,), then=(effects.keep_report,), style="primary", cite=rules.DOING,
             tell=("office", "applicant")),
        Step("reopen", _("退回佐证"), UNDER_WAY, S.RUNNING, OFFICE, asks=REOPENED, needs=(rules.milestone_is_ours,),
             notes=(winding.send_back,), then=(effects.keep_report,), duty=False, tell=("applicant", "partner")),
        Step("spend", _("登记支出"), SPENDING_IN, STAY, TEAM, asks=SPENT, needs=rules.SPENDING,
             then=(effects.keep_spending,), duty=False, tell=()),
        Step("fall_behind", _("到期未完成，转为滞后"), S.RUNNING, S.DELAYED, CLOCK, then=(effects.bring_up_delay,),
             cite=rules.DOING, tell=("applicant", "partner", "office")),
        Step("propose_change", _("申请变更计划"), UNDER_WAY, S.CHANGING, APPLICANT, asks=CHANGE,
             needs=rules.CHANGING, duty=False, tell=("office", "partner")),
        Step("approve_change", _("批准变更"), S.CHANGING, S.RUNNING, (OFFICE, CLOCK), style="primary",
             asks=(Ask("decided_by", _("决定依据"), required=False, max_length=200),),
             needs=(rules.actor_is_another, rules.change_is_in_reach, *rules.CHANGING), notes=(winding.change,),
             then=(planning.approve,), tell=("applicant", "partner")),
        Step("refuse_change", _("不批准变更"), S.CHANGING, S.RUNNING, (OFFICE, CLOCK), duty=False,
             asks=(Ask("decided_by", _("决定依据"), required=False, max_length=200),
                   Ask("return_reason", _("退回理由"), "longtext", required=False, max_length=2000)),
             needs=(rules.reason_is_told,), notes=(winding.go_on,), then=(planning.refuse,),
             tell=("applicant", "partner")),
        Step("report_midterm", _("提交中期报告"), UNDER_WAY, S.MIDTERM, APPLICANT, asks=PROGRESS, duty=False,
             cite=rules.EVALUATING, tell=("office",)),
        Step("evaluate_midterm", _("中期评价"), S.MIDTERM, S.RUNNING, OFFICE, asks=evaluating.ASKS,
             needs=(rules.actor_is_another,), notes=(winding.end_midterm,), then=(evaluating.evaluate_midterm,),
             style="primary", cite=rules.EVALUATING, tell=("applicant", "partner")),
        Step("finish", _("提交结题报告"), UNDER_WAY, S.EVALUATING, APPLICANT, asks=SUMMARY,
             needs=(rules.nothing_is_open,), duty=False, cite=rules.DOING, tell=("office",)),
        Step("return_summary", _("退回结题报告"), S.EVALUATING, S.RUNNING, OFFICE, asks=(REASON,), duty=False,
             notes=(winding.end_midterm,), tell=("applicant",)),
        Step("evaluate", _("结题评价"), S.EVALUATING, S.CLOSED, OFFICE, asks=evaluating.ASKS,
             needs=(rules.actor_is_another,), notes=(effects.note_end,), then=(evaluating.evaluate_finally,),
             style="primary", cite=rules.EVALUATING, tell=("applicant", "partner", "member")),
        Step("stop", _("终止项目"), (S.PLANNING, S.CONFIRMING, *SPENDING_IN), S.STOPPED, OFFICE, asks=STOP,
             notes=(effects.note_end,), duty=False, style="danger", tell=("applicant", "partner", "member")),
        Step("withdraw", _("撤回申请"), (S.DRAFT, S.SCREENING, S.DECIDING, S.PLANNING, S.CONFIRMING), S.WITHDRAWN,
             APPLICANT, notes=(effects.note_end,), duty=False, style="danger", tell=("office", "partner")),
    ),
    deadlines=(
        Deadline(S.SCREENING, times.SCREENING_DAYS, cite=rules.APPLYING),
        Deadline(S.DECIDING, times.DECISION_DAYS, cite=rules.DECIDING),
        Deadline(S.PLANNING, times.PLAN_DAYS),
        Deadline(S.CONFIRMING, times.PLAN_REVIEW_DAYS),
        Deadline(S.RUNNING, times.MILESTONE_DAYS, "fall_behind", cite=rules.DOING, counts_from="next_on"),
        Deadline(S.DELAYED, times.MILESTONE_DAYS, counts_from="next_on"),
        Deadline(S.CHANGING, times.CHANGE_DAYS),
        Deadline(S.MIDTERM, times.EVALUATION_DAYS),
        Deadline(S.EVALUATING, times.EVALUATION_DAYS, cite=rules.EVALUATING),
    ),
)  # fmt: skip
