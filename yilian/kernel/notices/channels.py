"""The channels through which notices reach single persons; all are off until an installation sets their address."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.access.models import User
from yilian.kernel.registries import Registry


class NotTaken(Exception):
    """A gateway did not take a message; the text says why, as far as it told."""


@dataclass(frozen=True)
class Channel:
    """A way to a person: `address` returns where it ends for them, or an empty string."""

    key: str
    title: str | Promise
    address: Callable[[User], str]

    @property
    def gateway(self) -> str:
        """The apprise URL of this installation, with {to} for the address of the person; empty when off."""
        return settings.NOTICE_CHANNELS.get(self.key, "")

    def send(self, user: User, *, title: str, body: str) -> None:
        """Hand a message to the gateway; raises NotTaken."""
        import apprise  # a hundred plug-ins: only the worker needs them

        line = apprise.Apprise()
        line.add(self.gateway.replace("{to}", quote(self.address(user), safe="")))
        with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as said:
            taken = line.notify(title=title, body=body)
        if not taken:
            raise NotTaken(" ".join(said.getvalue().split()) or _("网关没有接收，也没有说明原因"))


channels: Registry[Channel] = Registry("channel of notices")
channels.add(Channel("email", gettext_lazy("电子邮件"), lambda user: user.email))
channels.add(Channel("sms", gettext_lazy("短信"), lambda user: user.phone))


def open_channels() -> list[Channel]:
    """Return the channels that this installation has set up."""
    return [channel for channel in channels if channel.gateway]
