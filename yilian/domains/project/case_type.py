"""The project as a case type: its words, sides and columns; the table of steps is in flow.py."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.project import effects, rules
from yilian.domains.project.flow import APPLICANT, flow
from yilian.domains.project.form import FORM
from yilian.domains.project.models import Project
from yilian.domains.project.models import ProjectState as S
from yilian.domains.project.panels import PANELS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import Side

TONES = {
    S.DRAFT: "default", S.SCREENING: "warning", S.DECIDING: "warning", S.PLANNING: "primary", S.CONFIRMING: "warning",
    S.RUNNING: "info", S.DELAYED: "danger", S.CHANGING: "warning", S.MIDTERM: "warning", S.EVALUATING: "warning",
    S.CLOSED: "success", S.STOPPED: "default", S.REJECTED: "danger", S.WITHDRAWN: "default",
}  # fmt: skip

project_type = case_types.add(
    CaseType(
        key="project",
        title=_("合作项目"),
        group=_("医联体治理"),
        prefix="XM",
        model=Project,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("applicant", 1, _("申请单位")),
            Side("office", 2, _("医联体办公室")),
            Side("partner", 3, _("合作单位")),
            Side("invited", 4, _("待确认的合作单位")),
            Side("member", 5, _("成员单位"), is_oversight=True),
        ),
        flow=flow,
        opens=(APPLICANT,),
        form=FORM,
        opening=(rules.budget_is_money,),
        parties_from={"office": "office"},
        oversight=effects.audience,
        derives=effects.lead_today,
        heading=lambda project: project.subject or str(_("未命名的项目")),
        columns=(
            Column("subject", _("项目名称")),
            Column("area", _("合作领域")),
            Column("applicant", _("申请单位"), "institution"),
            Column("principal_name", _("项目负责人")),
            Column("budget", _("预算（元）"), "number"),
            Column("next_on", _("下一到期日"), "date"),
            Column("starts_on", _("开始日期"), "date", shown=False),
            Column("ends_on", _("结束日期"), "date", shown=False),
            Column("score", _("结题得分"), "number", shown=False),
            Column("grade", _("结题等次"), shown=False),
        ),
        panels=PANELS,
        main_states=(S.DRAFT, S.SCREENING, S.DECIDING, S.PLANNING, S.RUNNING, S.EVALUATING, S.CLOSED),
        refusals={"project_change_once": _("计划刚被另一次变更改动，请再办理一次")},
        in_menu=False,
        icon="rocket",
        verb_new=_("申请合作项目"),
        help=_(
            "成员单位提出合作项目，办公室初筛，领导小组审议立项；计划经确认后按阶段任务和预算执行，"
            "留存佐证与支出，滞后的列入会议议程；中期和结题评价后反馈。立项后全体成员单位可见。"
        ),
    )
)
