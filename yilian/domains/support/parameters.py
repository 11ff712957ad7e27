"""How soon a call is taken up and solved; no source prescribes it: every default awaits local confirmation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("报障与求助")


def _declare(name: str, title: str | Promise, default: int, help: str | Promise = "") -> str:
    return parameters.add(
        Parameter(f"support.{name}", title, default, "h", help=help, minimum=1, maximum=8760, group=GROUP)
    ).key


TAKING = _declare("taking_hours", _("报障的受理时限"), 8)
TAKING_URGENT = _declare("taking_hours_urgent", _("影响诊疗的报障的受理时限"), 1)
SOLVING = _declare("solving_hours", _("报障的解决时限"), 72, _("自登记时起算。"))
SOLVING_URGENT = _declare("solving_hours_urgent", _("影响诊疗的报障的解决时限"), 8, _("自登记时起算。"))
REPLYING = _declare("replying_hours", _("补充情况的时限"), 72)
CONFIRMING = _declare("confirming_hours", _("解决后多久无异议自动了结"), 72)
