"""Granting posts at one's own institution, changing their last day, and withdrawing those that were never used."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.roles import Role, roles
from yilian.registry import known
from yilian.registry.accounts.keeping import lock_account, note_change, unended
from yilian.registry.accounts.last_keeper import insist_keeper_left
from yilian.registry.audited import audit
from yilian.registry.consortia import consortia_of
from yilian.registry.models import Consortium

OF_AUTHORITIES = "authority"
"""The role that nobody but a health authority grants."""


def roles_granted_at(institution_id: int) -> list[Role]:
    """Return the roles that an administrator of this institution may grant."""
    place = known.institution(institution_id)
    is_authority = place is not None and place.is_authority
    return [role for role in roles if role.key != OF_AUTHORITIES or is_authority]


def consortia_for(institution_id: int) -> list[Consortium]:
    """Return the consortia that a post here may be limited to: those the institution belongs to today."""
    return consortia_of(institution_id, clock.today())


def grant_post(
    account_id: int, *, by: Actor, version: int | None = None, role: str, since_on: date,
    until_on: date | None = None, consortium_id: int | None = None,
) -> Post:  # fmt: skip
    """Give an account of the actor's institution a further post there. Raises ValidationError by field."""
    with transaction.atomic():
        account = lock_account(account_id, by=by, version=version)
        post = add_post(account, by=by, role=role, since_on=since_on, until_on=until_on, consortium_id=consortium_id)
        note_change(account)
    return post


def add_post(
    account: User, *, by: Actor, role: str, since_on: date, until_on: date | None, consortium_id: int | None
) -> Post:
    """Write a post of a locked or new account and record it. Raises ValidationError by field."""
    _check(account, by.institution_id, role, since_on, until_on, consortium_id)
    post = Post.objects.create(
        user=account,
        institution_id=by.institution_id,
        role=role,
        consortium_id=consortium_id,
        since_on=since_on,
        until_on=until_on,
    )
    audit(by, "registered", post, detail=_detail(post))
    return post


def end_post(post_id: int, *, by: Actor, account_id: int, version: int | None, until_on: date | None) -> Post:
    """Set the last day of a post that has not ended (None: without end). Raises ValidationError by field.

    The day before today ends it at once; earlier days stay as they were: what was done then was done in this post.
    """
    with transaction.atomic():
        account = lock_account(account_id, by=by, version=version)
        post = _open_post(account, post_id, by)
        today = clock.today()
        if until_on is not None and until_on < max(post.since_on, today - timedelta(days=1)):
            raise ValidationError({"until_on": [_("最早填昨天（即时停用），且不早于岗位开始的日期")]})
        if until_on is not None and (post.until_on is None or until_on < post.until_on):
            insist_keeper_left(by.institution_id, without=[post], on=until_on + timedelta(days=1))
        post.until_on = until_on
        post.save(update_fields=["until_on"])
        note_change(account)
        audit(by, "changed", post, detail=_detail(post))
    return post


def withdraw_post(post_id: int, *, by: Actor, account_id: int, version: int | None) -> None:
    """Take back a post that begins today or later, as if it had not been granted. Raises ValidationError."""
    with transaction.atomic():
        account = lock_account(account_id, by=by, version=version)
        post = _open_post(account, post_id, by)
        if post.since_on < clock.today():
            raise ValidationError(_("岗位已经生效过，不能撤回；请填写结束日期。"))
        insist_keeper_left(by.institution_id, without=[post], on=clock.today())
        audit(by, "removed", post, detail=_detail(post))
        post.delete()
        note_change(account)


def _open_post(account: User, post_id: int, by: Actor) -> Post:
    """Return a post of the account here that has not ended; raises Post.DoesNotExist."""
    return account.posts.filter(unended(clock.today()), institution_id=by.institution_id).get(pk=post_id)


def _check(
    account: User, institution_id: int, role: str, since_on: date, until_on: date | None, consortium_id: int | None
) -> None:
    faults: dict[str, list[str]] = {}
    if role not in {one.key for one in roles_granted_at(institution_id)}:
        faults["role"] = [_("本机构不能授予这个角色")]
    if since_on < clock.today():
        faults["since_on"] = [_("岗位自授予时起生效，开始日期不能早于今天")]
    if until_on is not None and until_on < since_on:
        faults["until_on"] = [_("结束日期早于开始日期")]
    if consortium_id is not None and consortium_id not in {one.pk for one in consortia_for(institution_id)}:
        faults["consortium"] = [_("只能限定于本机构今天参加的医联体")]
    same = account.posts.filter(unended(since_on), institution_id=institution_id, role=role)
    same = same.filter(consortium=None) if consortium_id is None else same.filter(consortium_id=consortium_id)
    if not faults and (same if until_on is None else same.filter(since_on__lte=until_on)).exists():
        faults["role"] = [_("此人在这段时间已有这个岗位")]
    if faults:
        raise ValidationError(faults)


def _detail(post: Post) -> dict[str, object]:
    with translation.override(settings.LANGUAGE_CODE):  # what is kept does not hang on who wrote it
        title = post.role_title
    return {
        "person": str(post.user),
        "title": title,
        "since": post.since_on.isoformat(),
        "until": post.until_on.isoformat() if post.until_on else "",
    }
