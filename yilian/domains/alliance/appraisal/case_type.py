"""The yearly assessment: the authority calls for it, the lead assesses itself, the authority scores and publishes."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.appraisal import rules
from yilian.domains.alliance.appraisal.effects import order_dissolution, publish_result, reckon
from yilian.domains.alliance.appraisal.overseers import bring_in
from yilian.domains.alliance.appraisal.panel import scores
from yilian.domains.alliance.claims import FREE, claim
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.models import Appraisal
from yilian.domains.alliance.models import AppraisalState as S
from yilian.domains.alliance.overseers import lead_of_consortium
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S3

AUTHORITY = Party("authority", "authority")
LEAD = Party("lead", "office", "director", "secretary")
YEARLY, SELF, FAILED = S3.article("17"), S3.article("18"), S3.article("19")

FORM = (
    Ask("consortium", _("专科联盟"), "consortium", source="specialty_alliance"),
    Ask("year", _("考核年度"), "int", minimum=2000, maximum=2100, initial=lambda actor: clock.today().year),
    Ask("basis", _("考核安排"), "longtext", required=False, max_length=4000,
        help=_("时间安排、自评要求；考核指标表作为附件上传")),
)  # fmt: skip
SELF_SCORES = tuple(
    Ask(one.self_score, one.title, "decimal", minimum=0, maximum=100, section=_("自评得分（0 至 100）"))
    for one in DIMENSIONS
)
SCORES = tuple(
    Ask(one.score, one.title, "decimal", minimum=0, maximum=100, section=_("考核得分（0 至 100）"))
    for one in DIMENSIONS
)

flow = Flow(
    start=S.DRAFT,
    finals=(S.PUBLISHED, S.CANCELLED),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, AUTHORITY, asks=FORM, duty=False),
        Step("notify", _("通知自评"), S.DRAFT, S.SELF_ASSESSING, AUTHORITY, needs=rules.NOTIFYING, completes=True,
             convenes=True, then=(claim("consortium_id", "year"),), style="primary", cite=SELF),
        Step("self_assess", _("提交自评"), S.SELF_ASSESSING, S.SCORING, LEAD, style="primary", cite=SELF,
             asks=(*SELF_SCORES, Ask("self_report", _("自评报告"), "longtext", max_length=8000, rows=6))),
        Step("proceed", _("不待自评"), S.SELF_ASSESSING, S.SCORING, AUTHORITY, duty=False,
             help=_("牵头单位逾期未提交自评时使用")),
        Step("score", _("评分"), S.SCORING, S.SCORED, AUTHORITY, then=(reckon,), style="primary", cite=YEARLY,
             needs=(rules.weights_make_sense,),
             asks=(*SCORES, Ask("opinion", _("考核意见"), "longtext", max_length=4000, rows=5))),
        Step("object", _("提出异议"), S.SCORED, S.SCORING, LEAD, duty=False,
             asks=(Ask("objection", _("异议与理由"), "longtext", max_length=4000),)),
        Step("publish", _("公布结果"), S.SCORED, S.PUBLISHED, AUTHORITY, needs=rules.PUBLISHING, convenes=True,
             then=(publish_result, order_dissolution), sets=FREE, style="primary", cite=YEARLY,
             confirm=_("结果公布后不能更改。不合格的给予黄牌警告，连续两年不合格的责令解散。"),
             tell=("lead", "member")),
        Step("cancel", _("取消考核"), (S.DRAFT, S.SELF_ASSESSING, S.SCORING), S.CANCELLED, AUTHORITY, duty=False,
             sets=FREE, style="danger"),
    ),
    deadlines=(Deadline(S.SELF_ASSESSING, "alliance.self_assessment_days"),),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.SELF_ASSESSING: "warning", S.SCORING: "info", S.SCORED: "violet", S.PUBLISHED: "success",
    S.CANCELLED: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="appraisal",
        title=_("年度考核"),
        group=_("医联体治理"),
        prefix="KH",
        model=Appraisal,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("authority", 1, _("考核机关")),
            Side("lead", 2, _("牵头单位")),
            Side("member", 3, _("成员单位")),
            Side("overseer", 4, _("上级卫生健康行政部门"), is_oversight=True),
        ),
        flow=flow,
        opens=(AUTHORITY,),
        opening=rules.OPENING,
        form=FORM,
        parties_from={"lead": "lead"},
        derives=lead_of_consortium,
        oversight=bring_in,
        heading=lambda appraisal: f"{appraisal.consortium or ''} {appraisal.year or ''}".strip() or str(_("年度考核")),
        columns=(
            Column("consortium", _("专科联盟")),
            Column("year", _("年度"), "number"),
            Column("lead", _("牵头单位"), "institution"),
            Column("total", _("总分"), "number"),
            Column("is_passed", _("合格"), "bool"),
        ),
        panels=(CONSORTIUM, Panel("scores", _("各方面得分"), "alliance/scores.html", scores)),
        main_states=(S.DRAFT, S.SELF_ASSESSING, S.SCORING, S.SCORED, S.PUBLISHED),
        refusals={
            "appraisal_one_at_a_time": _("该联盟本年度的考核正在办理"),
            "assessment_once_a_year": _("该联盟本年度的考核结果已公布"),
        },
        icon="clipboard-check",
        verb_new=_("发起年度考核"),
        help=_("对设置满半年的专科联盟每年考核五个方面并公布；不合格给予黄牌警告，连续两年不合格责令解散。"),
    )
)
