"""What is timed in a green channel, in which order, and within how many minutes: data for chest pain, stroke, trauma.

Which points belong together follows the standards of the emergency centres (S4 3.2.6 asks for such centres). The limits
are no national text known to the house: each is a parameter whose default awaits local confirmation (docs/adr/0131).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.vocabulary import EmergencyKind
from yilian.kernel.registries.words import Words
from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("绿色通道时间节点")


@dataclass(frozen=True)
class Point:
    """A moment worth noting; it never lies before the points in `after`, as far as these are known."""

    key: str
    title: Words
    after: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        return f"at_{self.key}"


@dataclass(frozen=True)
class Interval:
    """The time between two points; `limit` is the parameter that says within how many minutes."""

    first: str
    last: str
    title: Words
    limit: str


@dataclass(frozen=True)
class Preset:
    """What is timed for one kind of emergency, in the order in which it is shown."""

    points: tuple[str, ...]
    intervals: tuple[Interval, ...] = ()


POINTS = {
    point.key: point
    for point in (
        Point("onset", _("发病（受伤）")),
        Point("call", _("呼救"), ("onset",)),
        Point("dispatch", _("派车"), ("call",)),
        Point("scene", _("到达现场"), ("dispatch",)),
        Point("fmc", _("首次医疗接触"), ("onset",)),
        Point("ecg", _("首份心电图"), ("fmc",)),
        Point("ecg_read", _("心电图确诊"), ("ecg",)),
        Point("ecg_sent", _("心电图远程传输"), ("ecg",)),
        Point("leave", _("离开转出机构"), ("fmc",)),
        Point("door", _("到达转入机构"), ("leave", "scene")),
        Point("ct", _("头颅CT"), ("fmc",)),
        Point("needle", _("开始溶栓"), ("fmc",)),
        Point("cath_lab", _("导管室激活"), ("fmc",)),
        Point("puncture", _("动脉穿刺"), ("door", "cath_lab")),
        Point("wire", _("导丝通过"), ("puncture",)),
        Point("theatre", _("手术开始"), ("door",)),
        Point("rosc", _("自主循环恢复"), ("onset",)),
    )
}
BEFORE_ARRIVAL = ("onset", "call", "dispatch", "scene", "fmc")


def _limit(key: str, title: Words, minutes: int) -> str:
    return parameters.add(
        Parameter(f"referral.green.{key}", title, minutes, "min", minimum=1, maximum=1440, group=GROUP)
    ).key


PRESETS: dict[str, Preset] = {
    EmergencyKind.CHEST_PAIN: Preset(
        (*BEFORE_ARRIVAL, "ecg", "ecg_read", "ecg_sent", "leave", "cath_lab", "door", "needle", "puncture", "wire"),
        (
            Interval("fmc", "ecg", _("首次医疗接触至首份心电图"), _limit("fmc_ecg", _("首次医疗接触至首份心电图"), 10)),
            Interval("ecg", "ecg_read", _("首份心电图至确诊"), _limit("ecg_read", _("首份心电图至确诊"), 10)),
            Interval("fmc", "leave", _("首诊机构停留（进门至转出）"), _limit("dido", _("首诊机构停留"), 30)),
            Interval("door", "wire", _("进门至导丝通过"), _limit("door_wire", _("进门至导丝通过"), 90)),
            Interval("fmc", "wire", _("首次医疗接触至导丝通过"), _limit("fmc_wire", _("首次医疗接触至导丝通过"), 120)),
        ),
    ),
    EmergencyKind.STROKE: Preset(
        (*BEFORE_ARRIVAL, "leave", "door", "ct", "needle", "puncture"),
        (
            Interval("door", "ct", _("进门至头颅CT"), _limit("door_ct", _("进门至头颅CT"), 25)),
            Interval("door", "needle", _("进门至溶栓"), _limit("door_needle", _("进门至溶栓"), 60)),
            Interval("onset", "needle", _("发病至溶栓"), _limit("onset_needle", _("发病至溶栓"), 270)),
            Interval("door", "puncture", _("进门至动脉穿刺"), _limit("door_puncture", _("进门至动脉穿刺"), 90)),
        ),
    ),
    EmergencyKind.TRAUMA: Preset(
        (*BEFORE_ARRIVAL, "leave", "door", "ct", "theatre", "rosc"),
        (Interval("onset", "door", _("受伤至到达转入机构"), _limit("onset_door", _("受伤至到达转入机构"), 60)),
         Interval("door", "theatre", _("到达至手术开始"), _limit("door_theatre", _("到达至手术开始"), 60))),
    ),
    EmergencyKind.OTHER: Preset((*BEFORE_ARRIVAL, "leave", "door", "rosc")),
}  # fmt: skip


def kinds_with(point: str) -> str:
    """Return the kinds of emergencies that time a point, as the `when` of a question names them."""
    return "|".join(kind for kind, preset in PRESETS.items() if point in preset.points)


def earlier(point: str) -> set[str]:
    """Return every point that this one may not precede, step by step back."""
    found: set[str] = set()
    todo = list(POINTS[point].after)
    while todo:
        if (key := todo.pop()) not in found:
            found.add(key)
            todo += POINTS[key].after
    return found
