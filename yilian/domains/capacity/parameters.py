"""Times of the capacity board that no source prescribes: every default awaits local confirmation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("服务与资源")


def _declare(name: str, title: str | Promise, default: int, unit: str, most: int, help: str | Promise = "") -> str:
    return parameters.add(
        Parameter(f"capacity.{name}", title, default, unit, help=help, minimum=1, maximum=most, group=GROUP)
    ).key


FRESH_FOR = _declare("fresh_minutes", _("资源数视为最新的时间"), 120, "min", 10080, _("之后标为“待更新”。"))
STALE_AFTER = _declare("stale_hours", _("资源数视为过时的时间"), 24, "h", 720, _("之后标为“已过时”，请先电话核实。"))
QUOTA_RETURNS = _declare(
    "quota_returns_hours", _("下沉号源未用的，就诊前多久放开"), 24, "h", 720, _("之后各级机构转来的患者都可预约。")
)
WAIT_MONTHS = _declare("wait_months", _("计算等候时间所用的月数"), 6, "mo", 36, _("算到昨天为止。"))
WAIT_FEWEST = _declare(
    "wait_fewest", _("计算等候时间至少需要的例数"), 5, "1", 1000, _("不足时显示“例数不足”，不当作零。")
)
