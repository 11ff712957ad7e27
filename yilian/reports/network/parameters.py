"""When a member counts as silent: no source prescribes it, so the defaults await local confirmation."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("网络运行")
SILENT_DAYS = parameters.add(
    Parameter(
        "network.silent_days", _("多少天无人登录或无办理视为离线"), 14, "d", minimum=1, maximum=365, group=GROUP,
        help=_("在“网络运行”中列出。"),
    )
).key  # fmt: skip
