"""Giving, checking and ending tokens. The check is one SQL statement: it runs before every request."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.roles import mask_of
from yilian.kernel.api.models import ApiToken
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import value_of

PREFIX = "yilian_"  # lets secret scanners recognise a leaked token
LONGEST = 100
RENEWED = timedelta(minutes=5)  # how exactly `used_at` is kept; more often would make every read a write

LIFETIME = parameters.add(
    Parameter(
        "api.token_hours", _("接口令牌有效期"), 12, "h", minimum=1, maximum=24 * 366, group=_("接口"),
        help=_("程序用用户名和密码换取的令牌在此时间后失效，须重新换取。"),
    )
)  # fmt: skip


_HELD_TODAY = "{0}.since_on <= %(today)s and ({0}.until_on is null or {0}.until_on >= %(today)s)"
CHECK = f"""
  select t.id, t.expires_at, t.used_at, u.id, coalesce(nullif(u.full_name, ''), u.username), p.id,
    p.institution_id, t.institution_name, p.consortium_id,
    (select array_agg(q.role) from {Post._meta.db_table} q
      where q.user_id = u.id and q.institution_id = p.institution_id and {_HELD_TODAY.format("q")})
  from {ApiToken._meta.db_table} t
  join {User._meta.db_table} u on u.id = t.user_id and u.is_active
    and sha256(convert_to(u.password, 'UTF8')) = t.password_digest
  join {Post._meta.db_table} p on p.id = t.post_id and p.user_id = u.id and {_HELD_TODAY.format("p")}
  where t.digest = %(digest)s and t.revoked_at is null and t.expires_at > %(now)s
"""


@dataclass(frozen=True)
class Bearer:
    """Whom a token names: the actor, the token's row, and until when it is good."""

    actor: Actor
    token_id: int
    expires_at: datetime


def issue(user: User, post: Post) -> tuple[str, ApiToken]:
    """Give the user a token for one of today's posts; return its text, which is kept nowhere, and its row.

    Tokens of this user that have run out are removed; the access record keeps that they existed.
    """
    text = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    ApiToken.objects.filter(user=user, expires_at__lt=now).delete()
    hours = int(value_of(LIFETIME.key, post.institution_id))
    token = ApiToken.objects.create(
        digest=_digest(text),
        user=user,
        post=post,
        institution_name=str(post.institution),
        password_digest=_digest(user.password),
        created_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    return text, token


def revoke(token_id: int) -> None:
    """End a token at once."""
    ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=clock.now())


def bearer_of(text: str, *, ip: str = "") -> Bearer | None:
    """Return whom a token names, or None when it is unknown, ended, or its user or post is no longer in force."""
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        return None
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(CHECK, {"digest": _digest(text), "now": now, "today": clock.today()})
        row = cursor.fetchone()
    if row is None:
        return None
    token_id, expires_at, used_at, user_id, name, post_id, institution_id, institution, consortium_id, held = row
    if used_at is None or now - used_at > RENEWED:
        institution = _renew(token_id, post_id, now)
    actor = Actor(
        user_id=user_id,
        name=name,
        institution_id=institution_id,
        institution_name=institution,
        roles=mask_of(held),
        post_id=post_id,
        consortium_id=consortium_id,
        ip=ip,
    )
    return Bearer(actor, token_id, expires_at)


def _renew(token_id: int, post_id: int, now: datetime) -> str:
    name = str(Post.objects.select_related("institution").get(pk=post_id).institution)
    ApiToken.objects.filter(pk=token_id).update(used_at=now, institution_name=name)
    return name


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
