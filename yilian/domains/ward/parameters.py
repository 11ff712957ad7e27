"""Times and numbers of shared wards that no source prescribes: every default awaits local confirmation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("延伸病房")


def _declare(name: str, title: str | Promise, default: int, unit: str, most: int, help: str | Promise = "") -> str:
    return parameters.add(
        Parameter(f"ward.{name}", title, default, unit, help=help, minimum=0, maximum=most, group=GROUP)
    ).key


ROUNDS = _declare("rounds_a_month", _("每月约定查房次数"), 4, _("次"), 60, _("新建延伸病房时的默认值，可逐个改。"))
ANSWER = _declare("answer_days", _("同意延伸病房的时限"), 14, "d", 365)
MISSED = _declare("missed_hours", _("过约定时间多久未登记查房算未按期"), 24, "h", 720)
WRITE = _declare("write_hours", _("查房后完成小结的时限"), 24, "h", 720)
LAST_DAY = _declare("expiry_hours", _("到期日结束后多久自动终止"), 1, "h", 720)
