"""The period as a case type: drafted, opened with a sheet for each member, data locked, results published."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment.grounds import OWN, YEARLY
from yilian.domains.assessment.lookups import SCHEME
from yilian.domains.assessment.models import AssessmentPeriod
from yilian.domains.assessment.models import PeriodState as S
from yilian.domains.assessment.period import effects, rules
from yilian.domains.assessment.period.panels import PANELS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Flow, Party, Side, Step

LEAD = Party("lead", "office", "director", "secretary", "quality")
AUTHORITY = Party("authority", "authority")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("first_on", _("考核起始日"), "date"),
    Ask("last_on", _("考核截止日"), "date", help=_("专科联盟的年度考核填整年")),
    Ask("scheme", _("考核方案"), "pick", required=False, source=SCHEME,
        help=_("留空使用该医联体已采用的方案；没有采用的，使用随附方案")),
    Ask("basis", _("考核安排"), "longtext", required=False, max_length=4000),
)  # fmt: skip
GAPS = (
    Ask("gaps_note", _("数据缺口处理"), "longtext", required=False, max_length=2000,
        help=_("有指标无数据的，说明原因和处理；无数据的评分项按方案声明的方式计分")),
)  # fmt: skip
REASON = (Ask("unlock_reason", _("解锁理由"), "longtext", max_length=2000),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.PUBLISHED, S.CANCELLED),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, LEAD, asks=FORM, duty=False),
        Step("start", _("启动考核"), S.DRAFT, S.COLLECTING, LEAD, needs=rules.STARTING, completes=True, convenes=True,
             notes=(effects.freeze_scheme,), then=(effects.open_sheets,), style="primary", cite=OWN,
             tell=("member", "authority"), confirm=_("启动后为每个成员单位建立考核表，并按现有数据预填。")),
        Step("refresh", _("更新数据"), S.COLLECTING, STAY, LEAD, then=(effects.refresh,), duty=False, tell=()),
        Step("lock", _("锁定数据"), S.COLLECTING, S.LOCKED, LEAD, needs=(rules.gaps_are_explained,), asks=GAPS,
             then=(effects.lock_data,), style="primary", tell=("member",),
             confirm=_("锁定后按此数据计分，成员单位开始自评；解锁须写明理由。")),
        Step("unlock", _("解锁数据"), S.LOCKED, S.COLLECTING, LEAD, needs=(rules.nobody_is_scored_yet,), asks=REASON,
             then=(effects.unlock_data,), duty=False, tell=("member", "authority")),
        Step("publish", _("公布结果"), S.LOCKED, S.PUBLISHED, AUTHORITY, needs=rules.PUBLISHING,
             then=(effects.publish,), style="primary", cite=YEARLY, tell=("lead", "member"), duty=False,
             confirm=_("结果公布后不能更改。专科联盟不合格的给予黄牌警告，连续两年不合格的责令解散。")),
        Step("cancel", _("取消考核"), (S.DRAFT, S.COLLECTING, S.LOCKED), S.CANCELLED, LEAD, duty=False, style="danger",
             then=(effects.cancel_sheets,), needs=(rules.nobody_is_scored_yet,), tell=("member", "authority")),
    ),
)  # fmt: skip

TONES = {S.DRAFT: "default", S.COLLECTING: "warning", S.LOCKED: "info", S.PUBLISHED: "success", S.CANCELLED: "default"}

case_types.add(
    CaseType(
        key="assessment_period",
        title=_("考核期"),
        group=_("考核评价"),
        prefix="KP",
        model=AssessmentPeriod,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("lead", 1, _("牵头单位")), Side("authority", 2, _("主管部门")), Side("member", 3, _("成员单位"))),
        flow=flow,
        opens=(LEAD,),
        opening=rules.OPENING,
        form=FORM,
        parties_from={"authority": "authority"},
        derives=effects.competent_authority,
        oversight=effects.everybody_assessed,
        heading=lambda period: f"{period.consortium or ''} {period.last_on or ''}".strip() or str(_("考核期")),
        columns=(
            Column("consortium", _("医联体")),
            Column("first_on", _("起始日"), "date"),
            Column("last_on", _("截止日"), "date"),
            Column("scheme_name", _("考核方案")),
            Column("total", _("平均得分"), "number", shown=False),
            Column("published_on", _("公布日期"), "date", shown=False),
        ),
        panels=PANELS,
        main_states=(S.DRAFT, S.COLLECTING, S.LOCKED, S.PUBLISHED),
        kept_to={"coverage": ("lead", "authority")},
        refusals={"assessment_period_once": _("该医联体同一时段的考核已在办理")},
        icon="clipboard-check",
        verb_new=_("发起考核"),
        help=_(
            "牵头单位按方案对各成员单位考核：数据预填并锁定，成员自评，牵头单位评审和现场核查，主管部门复核并公布。"
        ),
    )
)
