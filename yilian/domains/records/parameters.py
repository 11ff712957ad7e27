"""Times of the shared record that no source prescribes: every default awaits local confirmation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("病历共享")


def _declare(name: str, title: str | Promise, default: int, unit: str, most: int, help: str | Promise = "") -> str:
    return parameters.add(
        Parameter(f"records.{name}", title, default, unit, help=help, minimum=0, maximum=most, group=GROUP)
    ).key


AFTER_CLOSING = _declare(
    "referral_days_after", _("转诊办结后仍可调阅病历的天数"), 30, "d", 365, _("期满后须另有依据，如患者授权。")
)
EMERGENCY_HOURS = _declare("breakglass_hours", _("紧急调阅的有效时间"), 24, "h", 168)
REVIEW_HOURS = _declare(
    "breakglass_review_hours",
    _("紧急调阅的复核时限"),
    24,
    "h",
    720,
    _("自下一个工作日零时起算；工作日未计法定节假日。"),
)
CONSENT_DAYS = _declare("consent_most_days", _("一次授权最长有效天数"), 365, "d", 3650)
