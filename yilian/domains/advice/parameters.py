"""The times of questions to specialists; no source prescribes them: every default awaits local confirmation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("专家咨询")


def _declare(name: str, title: str | Promise, default: int, help: str | Promise = "") -> str:
    return parameters.add(
        Parameter(f"advice.{name}", title, default, "h", help=help, minimum=0, maximum=8760, group=GROUP)
    ).key


ANSWER = _declare("answer_hours", _("普通咨询的答复时限"), 48)
ANSWER_URGENT = _declare("answer_hours_urgent", _("加急咨询的答复时限"), 4)
ANSWER_GRACE = _declare("answer_grace_hours", _("咨询逾期多久后自动关闭"), 72, _("关闭前仍可答复。"))
DETAILS = _declare("details_hours", _("咨询补充情况的时限"), 48)
READING = _declare("reading_hours", _("答复后多久自动结束"), 168, _("结束前申请方可追问，或据此转诊。"))
