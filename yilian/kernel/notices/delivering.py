"""Bringing a notice out of the house: who gets it, one attempt, and what follows when it fails."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min, Q
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.roles import roles
from yilian.kernel.notices.channels import NotTaken, channels, open_channels
from yilian.kernel.notices.kinds import chosen_as
from yilian.kernel.notices.models import Notice, NoticeDelivery, NoticeOptOut, NoticeRobot, State
from yilian.kernel.notices.quiet import leaves_at
from yilian.kernel.notices.robot_keeping import post
from yilian.kernel.notices.robots import open_robot_kinds

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
"""How long to wait after each failed attempt; after the last one the message is dead until somebody sends it again."""


def plan(notice: Notice) -> None:
    """Write down, once, to whom a notice goes and when it may leave."""
    if notice.deliveries.exists():
        return
    now = clock.now()
    next_at = leaves_at(notice, now)
    rows = [
        NoticeDelivery(notice=notice, institution_id=notice.institution_id, at=now, next_at=next_at, **whom)
        for whom in (*_to_people(notice), *_to_robots(notice))
    ]
    NoticeDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def recipients(notice: Notice) -> list[User]:
    """Return who a notice is for today, without the person who caused it."""
    held = Post.objects.current(clock.today()).filter(institution_id=notice.institution_id)
    keys = [role.key for role in roles if role.mask & notice.roles]
    whom = Q(pk=notice.user_id) if notice.user_id else Q(pk__in=held.filter(role__in=keys).values("user_id"))
    return list(User.objects.filter(whom, is_active=True).exclude(pk=notice.by_id or 0).order_by("pk"))


def due_now(notice_id: str) -> list[int]:
    """Return the deliveries of a notice that may be tried now."""
    rows = NoticeDelivery.objects.filter(notice_id=notice_id, state=State.WAITING, next_at__lte=clock.now())
    return list(rows.order_by("pk").values_list("pk", flat=True))


def next_try(notice_id: str) -> datetime | None:
    """Return when the next delivery of a notice is to be tried, or None when nothing waits."""
    waiting = NoticeDelivery.objects.filter(notice_id=notice_id, state=State.WAITING)
    return waiting.aggregate(first=Min("next_at"))["first"]


def attempt(delivery_id: int) -> None:
    """Try one delivery unless another worker is at it or has done it; note what became of it."""
    found = NoticeDelivery.objects.select_for_update(of=("self",), skip_locked=True)
    row = found.filter(pk=delivery_id, state=State.WAITING, next_at__lte=clock.now()).first()
    if row is None:
        return
    row.attempts += 1
    try:
        _send(row)
    except NotTaken as refused:
        _note_failure(row, str(refused))
    else:
        row.state, row.next_at, row.last_error = State.SENT, None, ""
    row.save(update_fields=["attempts", "state", "next_at", "last_error"])


def _to_people(notice: Notice) -> list[dict[str, object]]:
    people, found = recipients(notice), []
    for channel in open_channels():
        refused = NoticeOptOut.objects.filter(channel=channel.key, kind=chosen_as(notice.kind))
        muted = set(refused.values_list("user_id", flat=True))
        reached = (user for user in people if user.pk not in muted and channel.address(user))
        found += [{"user": user, "channel": channel.key} for user in reached]
    return found


def _to_robots(notice: Notice) -> list[dict[str, object]]:
    """Return the robots that tell this kind; what is meant for one person alone goes to no group."""
    if notice.user_id:
        return []
    open_keys = [kind.key for kind in open_robot_kinds()]
    robots = NoticeRobot.objects.filter(
        institution_id=notice.institution_id,
        is_on=True,
        channel__in=open_keys,
        kinds__contains=[chosen_as(notice.kind)],
    )
    return [{"robot": robot, "channel": robot.channel} for robot in robots.order_by("pk")]


def _send(row: NoticeDelivery) -> None:
    """Hand the message over; raises NotTaken."""
    title, body = letter(row.notice)
    if row.robot:
        if not row.robot.is_on:
            raise NotTaken(_("群机器人已停用"))
        post(row.robot, f"{title}\n{body.partition(chr(10))[2]}")
        return
    channel = channels[row.channel]
    if row.user is None or not row.user.is_active or not channel.address(row.user) or not channel.gateway:
        raise NotTaken(_("收件人已停用、没有登记地址，或此渠道已关闭"))
    channel.send(row.user, title=title, body=body)


def _note_failure(row: NoticeDelivery, why: str) -> None:
    row.last_error = why[:300]
    if row.attempts > len(WAITS):
        row.state, row.next_at = State.DEAD, None
    else:
        row.next_at = clock.now() + WAITS[row.attempts - 1]


def letter(notice: Notice) -> tuple[str, str]:
    """Return subject and text. They name no patient; the link leads to who may read more."""
    path = notice.case.get_absolute_url() if notice.case else "/messages/"
    with translation.override(settings.LANGUAGE_CODE):
        who = f"{notice.by_institution} {notice.by_name}".strip()
        lines = [notice.text, _("来自：{who}").format(who=who), settings.PUBLIC_URL.rstrip("/") + path]
        return _("【医联】{text}").format(text=notice.text)[:120], "\n".join(lines)
