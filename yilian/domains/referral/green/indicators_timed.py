"""The time points of green channels month by month: the default limits as minutes in a formula (docs/adr/0169)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.green.presets import PRESETS
from yilian.domains.referral.vocabulary import EmergencyKind
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.kernel.rules.parameter import parameters
from yilian.registry.regulations import S4

CENTRES = S4.article("3.2.6")
TITLES: dict[str, str | Promise] = {
    "ecg_read": _("胸痛：首份心电图至确诊达标率"),
    "dido": _("胸痛：首诊机构停留达标率"),
    "fmc_wire": _("胸痛：首次医疗接触至导丝通过达标率"),
    "door_ct": _("卒中：进门至头颅CT达标率"),
    "onset_needle": _("卒中：发病至溶栓达标率"),
    "door_puncture": _("卒中：进门至动脉穿刺达标率"),
    "onset_door": _("创伤：受伤至到达转入机构达标率"),
    "door_theatre": _("创伤：到达至手术开始达标率"),
}
"""What the intervals are called as indicators; three others have one that follows the parameter."""


def _declare(kind: str, first: str, last: str, limit: str) -> None:
    minutes = int(parameters[limit].default)
    key = limit.rpartition(".")[2]
    both = f'kind == "{kind}" and is_known({first}_at)'
    counted(
        f"emergency.{key}", TITLES[key], "%", "up", CENTRES,
        Formula(
            "green_channel", "receiver", f"count(where={both} and {last}_at <= {first}_at + minutes({minutes}))",
            f"count(where={both} and is_known({last}_at))",
        ),
        part_says=_("用时不超过默认时限的"), whole_says=_("期内发出、两个时间节点都已登记的绿色通道转诊"),
        certainty=Certainty.LOCAL, help=_("公式中的分钟数取时限参数的默认值；本地另有规定的，修改指标口径"),
    )  # fmt: skip


for _kind in (EmergencyKind.CHEST_PAIN, EmergencyKind.STROKE, EmergencyKind.TRAUMA):
    for _interval in PRESETS[_kind].intervals:
        if _interval.limit.rpartition(".")[2] in TITLES:
            _declare(_kind, _interval.first, _interval.last, _interval.limit)
