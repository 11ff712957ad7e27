"""The sheet as a case type: filled from data, claimed by the member, reviewed, confirmed, objected to, published."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment import parameters as days
from yilian.domains.assessment.attachment_kinds import EVIDENCE, PHOTO
from yilian.domains.assessment.grounds import OWN, QUALITY, YEARLY
from yilian.domains.assessment.lookups import FLAG, ITEM, OBJECTION
from yilian.domains.assessment.models import Sheet
from yilian.domains.assessment.models import SheetState as S
from yilian.domains.assessment.sheet import effects, rules
from yilian.domains.assessment.sheet.panels import PANELS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step

LEAD = Party("lead", "office", "director", "secretary", "quality")
AUTHORITY = Party("authority", "authority")
MEMBER = Party("member", "office", "director", "quality")
HEAD = Party("member", "director", "office")

MARKS = (
    ("full", _("全部做到")), ("half", _("部分做到")), ("none", _("未做到")), ("yes", _("是")), ("no", _("否")),
)  # fmt: skip
ON_ITEM = Ask("item", _("评分项"), "pick", source=ITEM)
TEXT = Ask("text", _("说明"), "longtext", max_length=4000)
FILE = Ask("file", _("佐证文件"), "file", required=False, source=EVIDENCE)
MARKING = (
    ON_ITEM,
    Ask("mark", _("评定"), "choice", required=False, choices=MARKS),
    Ask("value", _("核定数值"), "decimal", required=False, minimum=0, maximum=1_000_000),
    Ask("basis", _("依据"), "longtext", required=False, max_length=2000),
)
REMARK = (ON_ITEM, TEXT, FILE)
ANSWER = (
    Ask("objection", _("异议"), "pick", source=OBJECTION),
    Ask("is_upheld", _("采纳"), "bool", required=False),
    Ask("text", _("答复"), "longtext", max_length=4000),
)
EXPLANATION = (Ask("flag", _("疑点"), "pick", source=FLAG), TEXT)
VISIT = (
    Ask("inspected_on", _("现场核查日期"), "date"),
    Ask("inspectors", _("核查人员"), max_length=200),
    Ask("findings", _("核查发现"), "rows",
        asks=(Ask("item", _("评分项"), "pick", required=False, source=ITEM),
              Ask("finding", _("发现"), max_length=400),
              Ask("is_in_order", _("相符"), "bool", required=False))),
    Ask("photo", _("现场照片"), "file", required=False, source=PHOTO,
        help=_("还有照片的，在“材料与文书”里按“现场核查照片”上传，都列在核查记录下")),
)  # fmt: skip
PLAN = (
    Ask("plan", _("改进事项"), "rows", stands=True,
        asks=(Ask("problem", _("问题"), max_length=200), Ask("measure", _("措施"), max_length=300))),
    Ask("plan_due_on", _("改进期限"), "date"),
)  # fmt: skip
OPINION = (Ask("opinion", _("评审意见"), "longtext", required=False, max_length=4000, stands=True),)
BACK = (Ask("returned_for", _("退回理由"), "longtext", max_length=2000),)
TALKING = (S.SELF_ASSESSING, S.REVIEWING, S.CONFIRMING, S.DRAFTED)
JUDGING = (S.REVIEWING,)
CONFIRMING = (S.CONFIRMING, S.OBJECTED)

flow = Flow(
    start=S.COLLECTING,
    finals=(S.CLOSED, S.CANCELLED),
    steps=(
        Step("release", _("开始自评"), S.COLLECTING, S.SELF_ASSESSING, LEAD, needs=(rules.data_are_locked,),
             duty=False, tell=("member",), help=_("随考核期的数据锁定自动办理")),
        Step("recall", _("退回数据归集"), (S.SELF_ASSESSING, S.REVIEWING), S.COLLECTING, LEAD, duty=False,
             needs=(rules.data_are_open,), tell=("member",), help=_("随考核期的数据解锁自动办理")),
        Step("claim", _("自评一项"), S.SELF_ASSESSING, STAY, MEMBER, needs=(rules.answer_fits_the_item,), asks=MARKING,
             notes=(effects.keep_claim,), tell=(), duty=False),
        Step("support", _("补充佐证"), (S.SELF_ASSESSING, S.REVIEWING), STAY, MEMBER, asks=REMARK, duty=False,
             needs=(rules.item_is_on_the_sheet,), then=(effects.keep_evidence,), tell=("lead",)),
        Step("question", _("对数据提出异议"), S.SELF_ASSESSING, STAY, MEMBER, asks=REMARK, duty=False,
             needs=(rules.item_is_on_the_sheet,), then=(effects.keep_objection,), tell=("lead",)),
        Step("explain", _("说明疑点"), TALKING, STAY, MEMBER, asks=EXPLANATION, duty=False,
             needs=(rules.it_was_said_here,), then=(effects.keep_explanation,), tell=("lead", "authority")),
        Step("submit", _("提交自评"), S.SELF_ASSESSING, S.REVIEWING, MEMBER, style="primary", cite=OWN,
             asks=(Ask("self_report", _("自评报告"), "longtext", max_length=8000, rows=6, stands=True),),
             tell=("lead",)),
        Step("proceed", _("逾期未自评，转入评审"), S.SELF_ASSESSING, S.REVIEWING, CLOCK, tell=("lead", "member")),
        Step("judge", _("评定一项"), JUDGING, STAY, LEAD, needs=rules.MARKING, asks=MARKING,
             notes=(effects.keep_mark,), duty=False, tell=()),
        Step("answer", _("答复异议"), (S.REVIEWING, S.OBJECTED), STAY, (LEAD, AUTHORITY), asks=ANSWER, duty=False,
             needs=(rules.it_was_said_here,), then=(effects.keep_answer,), tell=("member",)),
        Step("inspect", _("登记现场核查"), S.REVIEWING, STAY, LEAD, asks=VISIT, then=(effects.keep_findings,),
             duty=False, tell=("member",)),
        Step("pass_on", _("报主管部门复核"), S.REVIEWING, S.CONFIRMING, LEAD, needs=rules.PASSING_ON, asks=OPINION,
             style="primary", tell=("authority",), cite=YEARLY),
        Step("adjust", _("复核调整一项"), CONFIRMING, STAY, AUTHORITY, needs=rules.MARKING, asks=MARKING,
             notes=(effects.keep_mark,), duty=False, tell=("lead",)),
        Step("send_back", _("退回评审"), S.CONFIRMING, S.REVIEWING, AUTHORITY, asks=BACK, duty=False, tell=("lead",)),
        Step("draft", _("拟定得分"), S.CONFIRMING, S.DRAFTED, AUTHORITY, needs=rules.DRAFTING,
             notes=(effects.reckon_draft,), style="primary", tell=("member", "lead")),
        Step("accept", _("确认得分"), S.DRAFTED, S.FINAL, HEAD, notes=(effects.freeze_score,), style="primary",
             then=(effects.tell_that_all_are_final,), tell=("lead", "authority")),
        Step("object", _("对得分提出异议"), S.DRAFTED, S.OBJECTED, HEAD, asks=REMARK, then=(effects.keep_objection,),
             needs=(rules.item_is_on_the_sheet,), duty=False, tell=("authority", "lead")),
        Step("settle", _("逾期无异议，得分确定"), S.DRAFTED, S.FINAL, CLOCK, notes=(effects.freeze_score,),
             then=(effects.tell_that_all_are_final,), tell=("member", "lead", "authority")),
        Step("decide", _("答复后定分"), S.OBJECTED, S.FINAL, AUTHORITY, needs=rules.DRAFTING,
             notes=(effects.freeze_score,), then=(effects.tell_that_all_are_final,), style="primary",
             tell=("member", "lead")),
        Step("publish", _("公布"), S.FINAL, S.PUBLISHED, AUTHORITY, needs=(rules.period_is_published,), duty=False,
             tell=(), help=_("随考核期的公布自动办理")),
        Step("plan", _("下达改进计划"), S.PUBLISHED, S.IMPROVING, LEAD, needs=(rules.plan_has_measures,), asks=PLAN,
             duty=False, style="primary", tell=("member",), cite=QUALITY),
        Step("report", _("报告改进情况"), S.IMPROVING, S.RECHECKING, MEMBER, style="primary", tell=("lead",),
             asks=(Ask("plan_report", _("改进情况"), "longtext", max_length=8000),
                   Ask("proof", _("佐证文件"), "file", required=False, source=EVIDENCE))),
        Step("approve", _("复查通过"), S.RECHECKING, S.CLOSED, LEAD, style="primary", tell=("member",),
             asks=(Ask("plan_verdict", _("复查结论"), "longtext", max_length=4000),)),
        Step("demand", _("继续改进"), S.RECHECKING, S.IMPROVING, LEAD, duty=False, tell=("member",),
             asks=(Ask("plan_verdict", _("复查结论"), "longtext", max_length=4000),
                   Ask("plan_due_on", _("改进期限"), "date"))),
        Step("file_away", _("归档"), S.PUBLISHED, S.CLOSED, LEAD, duty=False, tell=()),
        Step("cancel", _("取消"), (S.COLLECTING, S.SELF_ASSESSING, S.REVIEWING), S.CANCELLED, LEAD, duty=False,
             needs=(rules.period_is_cancelled,), style="danger", tell=("member",),
             help=_("随考核期的取消自动办理")),
    ),
    deadlines=(
        Deadline(S.SELF_ASSESSING, days.SELF_DAYS, "proceed", cite=OWN),
        Deadline(S.REVIEWING, days.REVIEW_DAYS),
        Deadline(S.CONFIRMING, days.CONFIRM_DAYS),
        Deadline(S.DRAFTED, days.OBJECTION_DAYS, "settle"),
        Deadline(S.OBJECTED, days.ANSWER_DAYS),
        Deadline(S.IMPROVING, days.IMPROVE_GRACE, counts_from="plan_due_on"),
        Deadline(S.RECHECKING, days.RECHECK_DAYS),
    ),
)  # fmt: skip

TONES = {
    S.COLLECTING: "default", S.SELF_ASSESSING: "warning", S.REVIEWING: "info", S.CONFIRMING: "info",
    S.DRAFTED: "violet", S.OBJECTED: "warning", S.FINAL: "primary", S.PUBLISHED: "success", S.IMPROVING: "warning",
    S.RECHECKING: "info", S.CLOSED: "success", S.CANCELLED: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="assessment",
        title=_("机构考核"),
        group=_("考核评价"),
        prefix="PG",
        model=Sheet,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("lead", 1, _("牵头单位")), Side("member", 2, _("被考核单位")), Side("authority", 3, _("主管部门"))),
        flow=flow,
        opens=(LEAD,),
        parties_from={"member": "member", "authority": "authority"},
        heading=lambda sheet: f"{sheet.member or ''} {sheet.last_on.year if sheet.last_on else ''}".strip()
        or str(_("机构考核")),
        columns=(
            Column("member", _("被考核单位"), "institution"),
            Column("consortium", _("医联体")),
            Column("last_on", _("截止日"), "date"),
            Column("total", _("得分"), "number"),
            Column("rank", _("名次"), "number"),
        ),
        panels=PANELS,
        main_states=(S.COLLECTING, S.SELF_ASSESSING, S.REVIEWING, S.CONFIRMING, S.DRAFTED, S.FINAL, S.PUBLISHED),
        comes_along=True,
        icon="clipboard-list",
        help=_("一个成员单位的考核表：按锁定的数据预填，自评、评审、复核、异议与答复之后定分并公布。"),
    )
)
