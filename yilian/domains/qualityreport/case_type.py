"""The quarterly report as a case type: written by the clock, commented, approved, published, acknowledged."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.qualityreport import effects, rules
from yilian.domains.qualityreport.models import QualityReport
from yilian.domains.qualityreport.models import ReportState as S
from yilian.domains.qualityreport.panels import PANELS
from yilian.domains.qualityreport.parameters import ACKNOWLEDGE_DAYS, APPROVE_DAYS, COMMENT_DAYS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S1

QUALITY = Party("lead", "quality", "office")
DIRECTOR = Party("lead", "director")
MEMBER = Party("member", "quality", "office", "director", "head")
CITE = S1.article("5")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("member", _("被评单位"), "institution", beside=("consortium",)),
    Ask(
        "department",
        _("科室"),
        "department",
        required=False,
        source="member",
        help=_("只对牵头单位的科室填写；空着为整个单位"),
    ),
    Ask("quarter", _("季度"), max_length=6, help=_("已结束的季度，如 2026Q3")),
)
COMMENTS = (Ask("comments", _("质量持续改进意见"), "longtext", max_length=4000, rows=6, stands=True),)
RETURN = (Ask("return_reason", _("退回理由"), "longtext", max_length=1000),)
MEASURES = (
    Ask("measures", _("整改措施"), "longtext", required=False, max_length=4000, rows=5,
        help=_("有异常指标的须填写")),
)  # fmt: skip
END = (Ask("withdrawal", _("撤回理由"), "longtext", max_length=1000),)


def heading(report: QualityReport) -> str:
    """Return what a report is called: whom it is about, and the quarter."""
    if report.member is None:
        return str(_("未选择被评单位"))
    return " ".join(map(str, filter(None, (report.member, report.department, report.quarter))))


flow = Flow(
    start=S.WRITTEN,
    finals=(S.ACKNOWLEDGED, S.WITHDRAWN),
    steps=(
        Step("comment", _("填写意见并报批"), S.WRITTEN, S.APPROVING, QUALITY, asks=COMMENTS, needs=rules.OPENING,
             notes=(effects.note_author,), completes=True, style="primary", cite=CITE),
        Step("rewrite", _("按最新数据重写"), S.WRITTEN, STAY, QUALITY, needs=rules.OPENING, notes=(effects.write,),
             duty=False, tell=(), help=_("以当前统计结果重写各项指标；意见保留。")),
        Step("publish", _("批准发布"), S.APPROVING, S.PUBLISHED, DIRECTOR, needs=(rules.approver_is_another,),
             notes=(effects.note_publication,), then=(effects.give_out,), convenes=True, style="primary", cite=CITE,
             tell=("member",), confirm=_("发布后被评单位和主管部门可见，报告正文不再改动。")),
        Step("send_back", _("退回修改"), S.APPROVING, S.WRITTEN, DIRECTOR, asks=RETURN, duty=False),
        Step("acknowledge", _("签收"), S.PUBLISHED, S.ACKNOWLEDGED, MEMBER, asks=MEASURES,
             needs=(rules.measures_are_named,), style="primary", cite=CITE, tell=("lead",)),
        Step("withdraw", _("撤回"), (S.WRITTEN, S.APPROVING, S.PUBLISHED), S.WITHDRAWN, (QUALITY, DIRECTOR), asks=END,
             notes=(effects.free_slot,), duty=False, style="danger", tell=("member",)),
    ),
    deadlines=(
        Deadline(S.WRITTEN, COMMENT_DAYS),
        Deadline(S.APPROVING, APPROVE_DAYS),
        Deadline(S.PUBLISHED, ACKNOWLEDGE_DAYS),
    ),
)  # fmt: skip

TONES = {
    S.WRITTEN: "warning", S.APPROVING: "warning", S.PUBLISHED: "info", S.ACKNOWLEDGED: "success",
    S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="quality_report",
        title=_("质控报告"),
        group=_("医联体治理"),
        prefix="JB",
        model=QualityReport,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("lead", 1, _("发布单位")),
            Side("member", 2, _("被评单位")),
            Side("authority", 10, _("主管部门"), is_oversight=True),
        ),
        flow=flow,
        opens=(QUALITY,),
        form=FORM,
        parties_from={"member": "member"},
        oversight=effects.watchers,
        derives=effects.slot_of,
        heading=heading,
        columns=(
            Column("member", _("被评单位")),
            Column("department", _("科室")),
            Column("quarter", _("季度")),
            Column("outliers", _("异常指标"), "number"),
            Column("published_on", _("发布日期"), "date"),
        ),
        panels=PANELS,
        main_states=(S.WRITTEN, S.APPROVING, S.PUBLISHED, S.ACKNOWLEDGED),
        refusals={"qualityreport_qualityreport_slot_key": _("这家单位本季度的报告已经有了")},
        icon="report-analytics",
        verb_new=_("补写质控报告"),
        help=_(
            "季度结束后的首个工作日，系统按统计结果为每家成员写出报告：各项指标、与上季和医联体比较、控制图与异常；"
            "质控部门填写改进意见，院领导批准后发布，被评单位签收并写明整改措施。"
        ),
    )
)
