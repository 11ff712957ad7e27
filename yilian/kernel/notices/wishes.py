"""What a person wants sent on, and what not."""

from collections.abc import Iterable
from dataclasses import dataclass

from yilian.kernel.access.models import User
from yilian.kernel.notices.channels import Channel, open_channels
from yilian.kernel.notices.models import NoticeOptOut


@dataclass(frozen=True)
class Wish:
    """An open channel as one person has it."""

    channel: Channel
    address: str
    is_wanted: bool


def wishes_of(user: User) -> list[Wish]:
    """Return every open channel with the person's address there and whether they want it."""
    muted = set(NoticeOptOut.objects.filter(user=user).values_list("channel", flat=True))
    return [Wish(channel, channel.address(user), channel.key not in muted) for channel in open_channels()]


def keep(user: User, *, wanted: Iterable[str]) -> None:
    """Keep which of the open channels a person wants; closed ones stay as they were."""
    chosen = set(wanted)
    for channel in open_channels():
        if channel.key in chosen:
            NoticeOptOut.objects.filter(user=user, channel=channel.key).delete()
        else:
            NoticeOptOut.objects.get_or_create(user=user, channel=channel.key)
