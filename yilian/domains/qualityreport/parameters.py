"""Clocks and thresholds of quality reports: no source gives them, so the defaults await local confirmation."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("质控报告")
COMMENT_DAYS = parameters.add(
    Parameter("qualityreport.comment_days", _("填写改进意见的期限"), 10, "d", minimum=1, maximum=90, group=GROUP)
).key
APPROVE_DAYS = parameters.add(
    Parameter("qualityreport.approve_days", _("批准质控报告的期限"), 5, "d", minimum=1, maximum=90, group=GROUP)
).key
ACKNOWLEDGE_DAYS = parameters.add(
    Parameter("qualityreport.acknowledge_days", _("签收质控报告的期限"), 7, "d", minimum=1, maximum=90, group=GROUP)
).key
LEAST_MONTHS = parameters.add(
    Parameter("qualityreport.least_months", _("计算控制限至少需要的月数"), 8, "1", minimum=3, maximum=36, group=GROUP,
              help=_("已知数据的月份少于此数时不画控制限，也不判异常。"))
).key  # fmt: skip
RUN_MONTHS = parameters.add(
    Parameter("qualityreport.run_months", _("连续多少个月在中心线同侧视为异常"), 8, "1", minimum=5, maximum=24,
              group=GROUP)
).key  # fmt: skip
