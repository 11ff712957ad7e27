"""The job that sends a notice through the channels of this installation, once per person and channel."""

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.roles import roles
from yilian.kernel.access.scope import scope
from yilian.kernel.notices.channels import Channel, open_channels
from yilian.kernel.notices.models import Notice, NoticeOptOut

NOTED = """
insert into notices_noticedelivery (notice_id, user_id, channel, at) values (%s, %s, %s, %s)
on conflict (notice_id, user_id, channel) do nothing
"""


class NotDeliveredError(Exception):
    """A gateway did not take a message; the job runs again later."""


@app.task(name="notices.deliver", queue="notices", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def deliver(notice_id: str, institution_id: int) -> None:
    """Send a notice on. Run twice, or by two workers at once, it sends once.

    Raises NotDeliveredError when a gateway refused somebody's message; the others are not sent again.
    """
    worker = system_actor("deliver", institution_id)
    with scope(worker):
        notice = Notice.objects.select_related("case").get(pk=notice_id)
        people = recipients(notice)
    failed = []
    for channel in open_channels():
        muted = set(NoticeOptOut.objects.filter(channel=channel.key).values_list("user_id", flat=True))
        reached = (user for user in people if user.pk not in muted and channel.address(user))
        failed += [str(user.pk) for user in reached if not _send_once(notice, user, channel, worker)]
    if failed:
        raise NotDeliveredError(f"notice {notice_id}: not taken for users {', '.join(failed)}")


def recipients(notice: Notice) -> list[User]:
    """Return who a notice is for today, without the person who caused it."""
    held = Post.objects.current(clock.today()).filter(institution_id=notice.institution_id)
    keys = [role.key for role in roles if role.mask & notice.roles]
    whom = Q(pk=notice.user_id) if notice.user_id else Q(pk__in=held.filter(role__in=keys).values("user_id"))
    return list(User.objects.filter(whom, is_active=True).exclude(pk=notice.by_id or 0).order_by("pk"))


def _send_once(notice: Notice, user: User, channel: Channel, worker: Actor) -> bool:
    """Send unless it was sent; return False when the gateway refuses, and then nothing is noted.

    The row is written first: a second worker waits for it. It stays only if the message was taken.
    """
    try:
        with scope(worker):
            if not _is_new(notice, user, channel):
                return True
            title, body = _letter(notice)
            if not channel.send(user, title=title, body=body):
                raise NotDeliveredError
    except NotDeliveredError:
        return False
    return True


def _is_new(notice: Notice, user: User, channel: Channel) -> bool:
    """Write down the delivery unless it is there; say whether it was written."""
    with connection.cursor() as cursor:
        cursor.execute(NOTED, [notice.pk, user.pk, channel.key, clock.now()])
        return bool(cursor.rowcount)


def _letter(notice: Notice) -> tuple[str, str]:
    """Return subject and text. They name no patient; the link leads to who may read more."""
    path = notice.case.get_absolute_url() if notice.case else "/messages/"
    with translation.override(settings.LANGUAGE_CODE):
        who = f"{notice.by_institution} {notice.by_name}".strip()
        lines = [notice.text, _("来自：{who}").format(who=who), settings.PUBLIC_URL.rstrip("/") + path]
        return _("【医联】{text}").format(text=notice.text)[:120], "\n".join(lines)
