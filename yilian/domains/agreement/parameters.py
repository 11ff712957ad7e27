"""The times of agreements: no source document says them, so every default awaits local confirmation."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("协议")

NEGOTIATION_DAYS = parameters.add(
    Parameter("agreement.negotiation_days", _("协议协商期限"), 30, "d", minimum=0, maximum=3650, group=GROUP)
).key
SIGNING_DAYS = parameters.add(
    Parameter("agreement.signing_days", _("协议定稿后的签署期限"), 15, "d", minimum=0, maximum=3650, group=GROUP)
).key
WARNING_DAYS = parameters.add(
    Parameter(
        "agreement.warning_days", _("协议到期前多久提醒续签"), 60, "d", minimum=1, maximum=3650, group=GROUP,
        help=_("自提醒之日起列入签约各方的待办；协议起讫以协议写明的日期为准。"),
    )
).key  # fmt: skip
RECOGNISED = parameters.add(
    Parameter(
        "agreement.recognised_items", _("检查检验结果互认项目"), "", group=GROUP,
        help=_("以顿号分隔，如：血常规、尿常规、胸部 CT；留空为未规定。可由决议修改并写明生效日期。"),
    )
).key  # fmt: skip
