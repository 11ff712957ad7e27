"""Where an indicator stands and how far its words can be trusted: theme, published framework, certainty, target."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.registries import Registry
from yilian.kernel.rules.regulation import Ground


class Certainty(StrEnum):
    """Whether the parts stand in the source, follow from its words, or are the house's own until settled."""

    TEXT = "text"
    DERIVED = "derived"
    LOCAL = "local"


CERTAINTIES = {
    Certainty.TEXT: _("原文"),
    Certainty.DERIVED: _("推导"),
    Certainty.LOCAL: _("待本地核定"),
}
CERTAINTY_HELP = {
    Certainty.TEXT: _("名称与分子分母均见于来源"),
    Certainty.DERIVED: _("名称见于来源或由条文要求而来，分子分母由名称推得"),
    Certainty.LOCAL: _("来源没有给出算法，按默认口径计算，使用前由本地核定"),
}


@dataclass(frozen=True)
class Theme:
    """What an indicator is about. One that names no theme belongs to the one whose key begins its own key."""

    key: str
    title: str | Promise


@dataclass(frozen=True)
class Frame:
    """One part of a published framework, e.g. a dimension: indicators of several themes serve it."""

    key: str
    framework: str | Promise
    title: str | Promise
    cite: Ground


@dataclass(frozen=True)
class Target:
    """A value to be reached. Without `cite` it is a default that the place settles for itself."""

    value: Decimal
    cite: Ground | None = None


themes: Registry[Theme] = Registry("theme")
frames: Registry[Frame] = Registry("frame")
