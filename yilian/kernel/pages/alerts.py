"""Lines at the head of every page that tell of something out of the ordinary, for as long as it lasts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from yilian.kernel.access.actor import Actor
from yilian.kernel.registries import Registry


@dataclass(frozen=True)
class Alert:
    """One line, and where to read more."""

    text: str
    address: str


@dataclass(frozen=True)
class AlertSource:
    """What may have to be told: `tells(actor)` returns the lines for whoever looks, answered from memory."""

    key: str
    title: str | Promise
    tells: Callable[[Actor], Iterable[Alert]]


alert_sources: Registry[AlertSource] = Registry("source of alerts")


def alerts_for(actor: Actor) -> list[Alert]:
    """Return every line that this person is told now."""
    return [alert for source in alert_sources for alert in source.tells(actor)]
