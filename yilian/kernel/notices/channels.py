"""The channels through which notices leave the house; all are off until an installation sets their address."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.models import User
from yilian.kernel.registries import Registry


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

    def send(self, user: User, *, title: str, body: str) -> bool:
        """Hand a message to the gateway and say whether it took it."""
        import apprise  # a hundred plug-ins: only the worker needs them

        line = apprise.Apprise()
        line.add(self.gateway.replace("{to}", quote(self.address(user), safe="")))
        return bool(line.notify(title=title, body=body))


channels: Registry[Channel] = Registry("channel of notices")
channels.add(Channel("email", _("电子邮件"), lambda user: user.email))
channels.add(Channel("sms", _("短信"), lambda user: user.phone))


def open_channels() -> list[Channel]:
    """Return the channels that this installation has set up."""
    return [channel for channel in channels if channel.gateway]
