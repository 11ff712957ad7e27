"""What a person wants sent on, by channel and kind, and what not."""

from collections.abc import Iterable
from dataclasses import dataclass

from yilian.kernel.access.models import User
from yilian.kernel.notices.channels import Channel, open_channels
from yilian.kernel.notices.kinds import NoticeKind, kinds
from yilian.kernel.notices.models import NoticeOptOut


@dataclass(frozen=True)
class Wish:
    """An open channel as one person has it: their address there, and each kind with whether they want it."""

    channel: Channel
    address: str
    switches: list[tuple[NoticeKind, bool]]


def wishes_of(user: User) -> list[Wish]:
    """Return every open channel as the person has it."""
    muted = set(NoticeOptOut.objects.filter(user=user).values_list("channel", "kind"))
    return [
        Wish(channel, channel.address(user), [(kind, (channel.key, kind.key) not in muted) for kind in kinds])
        for channel in open_channels()
    ]


def keep(user: User, *, wanted: Iterable[tuple[str, str]]) -> None:
    """Keep which (channel, kind) of the open channels a person wants; closed channels stay as they were."""
    chosen = set(wanted)
    muted = NoticeOptOut.objects.filter(user=user)
    for channel in open_channels():
        refused = [kind.key for kind in kinds if (channel.key, kind.key) not in chosen]
        muted.filter(channel=channel.key).exclude(kind__in=refused).delete()
        rows = [NoticeOptOut(user=user, channel=channel.key, kind=key) for key in refused]
        NoticeOptOut.objects.bulk_create(rows, ignore_conflicts=True)
