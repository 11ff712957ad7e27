"""What an application, a plan and a change of plan ask."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.project.models import Area
from yilian.kernel.workflow.flow import Ask

WHO, WHEN, WHAT = _("参加单位与人员"), _("起止与经费"), _("目标与内容")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("subject", _("项目名称"), max_length=120),
    Ask("area", _("合作领域"), "choice", choices=tuple(Area.choices)),
    Ask("goals", _("目标"), "longtext", max_length=4000, section=WHAT, help=_("可衡量的目标")),
    Ask("content", _("合作内容与做法"), "longtext", max_length=8000, rows=6, section=WHAT),
    Ask("expected", _("预期成果"), "longtext", max_length=4000, section=WHAT),
    Ask("partners", _("合作单位"), "institutions", section=WHO, help=_("提交后由合作单位确认参加")),
    Ask("principal", _("项目负责人"), "practitioner", section=WHO),
    Ask("team", _("项目组成员"), "picks", required=False, source="project-person", beside=("consortium",), section=WHO),
    Ask("starts_on", _("开始日期"), "date", section=WHEN),
    Ask("ends_on", _("结束日期"), "date", section=WHEN),
    Ask("budget", _("预算（元）"), "decimal", minimum=0, maximum=999_999_999, section=WHEN),
    Ask("funding", _("经费来源"), required=False, max_length=200, section=WHEN),
)
MILESTONES = Ask(
    "schedule", _("阶段任务"), "rows", stands=True,
    help=_("每项写明起止日期、负责人和衡量标准；项目执行中只列尚未完成的任务"),
    asks=(
        Ask("title", _("任务"), max_length=120),
        Ask("starts_on", _("开始"), "date"),
        Ask("due_on", _("到期"), "date"),
        Ask("responsible", _("负责人"), "pick", source="project-person"),
        Ask("measure", _("衡量标准"), max_length=200),
    ),
)  # fmt: skip
COSTS = Ask(
    "costs", _("预算科目"), "rows", required=False, stands=True, help=_("合计应等于预算"),
    asks=(
        Ask("title", _("科目"), max_length=60),
        Ask("amount", _("金额（元）"), "decimal", minimum=0, maximum=999_999_999),
    ),
)  # fmt: skip
PLAN = (MILESTONES, COSTS)
CHANGE = (
    Ask("change_reason", _("变更理由"), "longtext", max_length=2000),
    Ask("new_end_on", _("变更后的结束日期"), "date", stands=True),
    MILESTONES,
    COSTS,
)
REASON = Ask("return_reason", _("退回理由"), "longtext", max_length=2000)
