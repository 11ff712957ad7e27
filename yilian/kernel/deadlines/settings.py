"""How long before a deadline people are reminded, and how long after it others hear of it."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("时限与提醒")
REMIND = parameters.add(
    Parameter(
        "deadlines.remind_hours",
        _("到期前多久提醒"),
        4,
        "h",
        help=_("时限较短时，过半即提醒。0 表示不提醒。对整个系统生效。"),
        minimum=0,
        maximum=720,
        group=GROUP,
    )
)
ESCALATE = parameters.add(
    Parameter(
        "deadlines.escalate_hours",
        _("超时后多久上报"),
        24,
        "h",
        help=_("超时满此时间仍未办理的，告知经办机构负责人和监督方。对整个系统生效。"),
        minimum=0,
        maximum=720,
        group=GROUP,
    )
)
