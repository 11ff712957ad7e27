"""The times and switches of referrals that no source prescribes: every default awaits local confirmation."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.vocabulary import Approval, Direction, Priority
from yilian.kernel.rules.parameter import Parameter, Value, parameters

GROUP = _("双向转诊")


def _declare(name: str, title: str | Promise, default: Value, unit: str = "h", help: str | Promise = "") -> str:
    bounds = {} if isinstance(default, bool) else {"minimum": 0, "maximum": 8760}
    return parameters.add(
        Parameter(f"referral.{name}", title, default, unit, help=help, group=GROUP, **bounds)  # type: ignore[arg-type]
    ).key


NEEDS_APPROVAL = _declare(
    "needs_approval",
    _("转出须经本机构审核"),
    False,
    "1",
    _("急诊绿色通道不受此限，可先发出。由谁审核按方向和紧急程度另设。"),
)
APPROVERS = {
    (direction.value, priority.value): parameters.add(
        Parameter(
            f"referral.approver_{direction.value}_{priority.value}",
            format_lazy("{}（{}）{}", direction.label, priority.label, _("由谁审核")),
            Approval.OFFICE.value,
            choices=tuple(Approval.choices),
            help=_(
                "“转出须经本机构审核”启用后按此执行；审核中的转诊单仍按提交时的设置。科主任须有“科主任”岗位，院领导可代为审核。"
            ),
            group=_("转诊院内审核"),
        )
    ).key
    for direction in Direction
    for priority in Priority
}
"""Whose approval is wanted, by direction and urgency."""
ALLIANCES_ARE_OWN = _declare(
    "alliances_are_own", _("转往专科联盟、远程医疗协作网成员不须先对接"), False, "1",
    _("城市医疗集团、县域医共体的成员总是不须先对接。"),
)  # fmt: skip
EMERGENCY_LONGEST = _declare(
    "emergency_longest_hours",
    _("应急模式一次最长启用"),
    72,
    help=_("到时自动结束；需要延长的，由牵头单位再次写明依据。"),
)
EMERGENCY_CLOSE = _declare("emergency_close_minutes", _("应急模式到时后多久办结"), 1, "min")
COUNTERSIGN = _declare("countersign_hours", _("先行发出的转诊补审时限"), 24, help=_("逾期提醒并上报负责人。"))
APPROVAL = _declare("approval_hours", _("院内审核时限"), 24)
ANSWER = _declare("answer_hours", _("普通转诊的答复时限"), 48)
ANSWER_URGENT = _declare("answer_hours_urgent", _("加急转诊的答复时限"), 12)
ANSWER_CRITICAL = _declare("answer_hours_critical", _("危急转诊的答复时限"), 1)
ANSWER_GRACE = _declare(
    "answer_grace_hours", _("逾期未答复多久后自动关闭"), 72, help=_("关闭前仍可答复；关闭后由转出方另行转诊。")
)
INFORMATION = _declare("information_hours", _("补充资料时限"), 24)
SCHEDULING = _declare("scheduling_hours", _("接收后安排就诊的时限"), 48)
CONFIRMING = _declare("confirming_hours", _("转出方确认时间的时限"), 24)
ARRIVAL = _declare("arrival_hours", _("预约时间过后多久算逾期未到诊"), 24)
ARRIVAL_GRACE = _declare("arrival_grace_hours", _("逾期未到诊多久后自动关闭"), 168)
REROUTING = _declare("rerouting_hours", _("被拒收或爽约后转出方处理的时限"), 24)
FEEDBACK = _declare("feedback_hours", _("诊疗结束后书写反馈的时限"), 48)
REOPENING = _declare("reopening_days", _("办结后多久内可重新打开"), 30, "d", _("用于更正或补充反馈；过后请另行转诊。"))
CANCELLATION = _declare("cancellation_hours", _("撤销请求的答复时限"), 24)
HOLDING = _declare("holding_hours", _("暂停转运后复核的时限"), 24)
OUTSIDE_OUTCOME = _declare("outside_outcome_days", _("转往平台外机构后登记结果的时限"), 14, "d")
CONSENT_LATER = _declare(
    "consent_later_hours", _("急诊转诊补签知情同意的时限"), 24, help=_("自发出时起算；逾期未补签的单据会被标出。")
)
ARRIVED_BEFORE = _declare("arrived_before_hours", _("急诊先到诊后发单，到诊最多可早于发出多久"), 24)
FOLLOWUP = _declare("followup_days", _("下转后首次随访"), 14, "d", _("自接收下转之日起算；下转单另有日期的从其日期。"))
FOLLOWUP_LATE = _declare("followup_late_days", _("随访日期过后几天内仍算按时"), 1, "d")
FOLLOWUP_GRACE = _declare("followup_grace_days", _("随访到期多久后记为未随访"), 7, "d")
