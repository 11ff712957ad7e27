"""Times of a transport that no source prescribes: every default awaits local confirmation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, Value, parameters

GROUP = _("患者转运")


def _declare(name: str, title: str | Promise, default: Value, unit: str = "min", help: str | Promise = "") -> str:
    bounds = {} if isinstance(default, bool) else {"minimum": 0, "maximum": 10080}
    return parameters.add(
        Parameter(f"transport.{name}", title, default, unit, help=help, group=GROUP, **bounds)  # type: ignore[arg-type]
    ).key


CHECK_BINDS = _declare("check_binds", _("出发前核对有未备项时须说明"), True, "1")
LEAVE_LATE = _declare("leave_late_minutes", _("过计划出发时间多久算逾期"), 30)
ARRIVE_LATE = _declare("arrive_late_minutes", _("过预计到达时间多久算逾期未到"), 30, "min",
                       _("逾期即改为“逾期未到”，并告知双方与医联体办公室。"))  # fmt: skip
FIND_OUT = _declare("find_out_minutes", _("逾期未到后查明去向的时限"), 30)
SIGN = _declare("sign_minutes", _("到达后签收交接的时限"), 30)
COME_BACK = _declare("come_back_minutes", _("折返后返回的时限"), 240)
