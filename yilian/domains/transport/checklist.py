"""What is checked before leaving, by mode, and what is handed over. Shipped as defaults that await local confirmation.

No source document lists these items.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.domains.transport.vocabulary import Mode

ANY = tuple(Mode)
WITH_STAFF = (Mode.ACCOMPANIED, Mode.AMBULANCE, Mode.HOSPITAL_CAR)


@dataclass(frozen=True)
class Item:
    """One line of the check; `modes` are the ways of travelling for which it must be ticked or explained."""

    key: str
    title: str | Promise
    modes: tuple[str, ...] = ANY


CHECKS = (
    Item("identity", _("核对患者身份")),
    Item("documents", _("转诊单与病历资料随行")),
    Item("risk_told", _("已告知患者或家属途中风险")),
    Item("receiver_told", _("已通知转入方预计到达时间")),
    Item("lines", _("静脉通路与各类管路固定"), WITH_STAFF),
    Item("drugs", _("急救药品"), WITH_STAFF),
    Item("monitor", _("监护与血氧监测设备"), (Mode.AMBULANCE,)),
    Item("oxygen", _("氧气与呼吸支持设备"), (Mode.AMBULANCE,)),
)
HANDED = (
    Item("records", _("病历资料")),
    Item("images", _("影像资料")),
    Item("medicines", _("在用药品")),
    Item("specimens", _("标本")),
    Item("devices", _("随带设备")),
    Item("belongings", _("随身物品")),
)


def choices(items: tuple[Item, ...]) -> tuple[tuple[str, str | Promise], ...]:
    """Return the items as the choices of a question."""
    return tuple((item.key, item.title) for item in items)


def missing(mode: str, ticked: list[str]) -> list[str]:
    """Return the titles of what this way of travelling wants checked and nobody has ticked."""
    return [str(item.title) for item in CHECKS if mode in item.modes and item.key not in ticked]
