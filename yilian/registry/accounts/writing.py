"""Opening accounts, correcting them, giving new passwords, locking and unlocking."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.registry import pinyin
from yilian.registry.accounts.keeping import insist_keeper, insist_kept_alone, lock_account, note_change, unended
from yilian.registry.accounts.last_keeper import insist_keeper_left
from yilian.registry.accounts.posting import add_post
from yilian.registry.audited import audit
from yilian.registry.writing import Faults, set_facts

FACTS = ("full_name", "phone", "email")
LEGIBLE = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Opened:
    """A new account and its first password, which is kept nowhere and shown once."""

    account: User
    password: str


def first_password() -> str:
    """Return a password for one log-in: 59 bits by chance, in signs that nobody mistakes when they are read out."""
    return "-".join("".join(secrets.choice(LEGIBLE) for _sign in range(4)) for _group in range(3))


def open_account(
    *, by: Actor, username: str, posts: list[str], since_on: date, until_on: date | None = None,
    consortium_id: int | None = None, **facts: Any,
) -> Opened:  # fmt: skip
    """Make an account with posts at the actor's institution; `posts` are keys of roles.

    Its password must be changed at the first log-in. Raises ValidationError with every fault.
    """
    insist_keeper(by)
    account, password = User(username=username.strip()), first_password()
    set_facts(account, facts, allowed=FACTS)
    set_password(account, password)
    _check(account)
    if not posts:
        raise ValidationError({"posts": [_("请至少选择一个角色")]})
    with transaction.atomic():
        account.save(force_insert=True)
        audit(by, "registered", account, detail={"title": account.username, "person": account.full_name})
        for role in posts:
            _post_of_new(account, by, role, since_on, until_on, consortium_id)
    return Opened(account, password)


def join_account(*, by: Actor, username: str, full_name: str, role: str, since_on: date,
                 until_on: date | None = None) -> User:  # fmt: skip
    """Give somebody who has an account elsewhere a post here; user name and full name must both be theirs.

    Raises ValidationError, by one sentence for whatever does not fit: it tells nothing about strangers.
    """
    insist_keeper(by)
    with transaction.atomic():
        rows = User.objects.select_for_update(no_key=True).filter(
            username=username.strip(), full_name=full_name.strip()
        )
        account = rows.filter(is_active=True).first()
        if account is None:
            raise ValidationError(_("没有这个用户名与姓名相符的在用账号：请向本人核对；没有账号的请新建。"))
        add_post(account, by=by, role=role, since_on=since_on, until_on=until_on, consortium_id=None)
        note_change(account)
    return account


def change_account(account_id: int, *, by: Actor, version: int | None, **facts: Any) -> User:
    """Change name, telephone and e-mail address of an account. Raises ValidationError with every fault."""
    with transaction.atomic():
        account = lock_account(account_id, by=by, version=version)
        insist_kept_alone(account, by)
        changed = set_facts(account, facts, allowed=FACTS)
        _check(account)
        if changed:
            note_change(account, *FACTS, "initials")
            audit(by, "changed", account, detail={"facts": changed})
    return account


def reset_password(account_id: int, *, by: Actor, version: int | None) -> Opened:
    """Give an account a new first password; what is logged in ends. Raises ValidationError."""
    password = first_password()
    with transaction.atomic():
        account = lock_account(account_id, by=by, version=version)
        insist_kept_alone(account, by)
        if account.pk == by.user_id:
            raise ValidationError(_("自己的密码请在“个人设置”里修改。"))
        set_password(account, password)
        note_change(account, "password", "must_change_password")
        end_sessions(account)
        audit(by, "password_reset", account)
    return Opened(account, password)


def set_password(account: User, password: str) -> None:
    """Set a password that must be changed at the next log-in; nothing is saved."""
    account.password = make_password(password)
    account.must_change_password = True


def lock(account_id: int, *, by: Actor, version: int | None, ground: str) -> User:
    """Lock an account: its sessions and tokens end at once and no log-in succeeds. Raises ValidationError."""
    with transaction.atomic():
        account = lock_account(account_id, by=by, version=version)
        insist_kept_alone(account, by)
        if account.pk == by.user_id:
            raise ValidationError(_("不能锁定自己的账号：请由另一位系统管理员办理。"))
        held = account.posts.filter(unended(clock.today()), institution_id=by.institution_id)
        insist_keeper_left(by.institution_id, without=list(held), on=clock.today())
        account.is_active = False
        note_change(account, "is_active")
        end_sessions(account)
        audit(by, "locked", account, ground=ground)
    return account


def unlock(account_id: int, *, by: Actor, version: int | None) -> User:
    """Let a locked account log in again, with the password it had. Raises ValidationError."""
    with transaction.atomic():
        account = lock_account(account_id, by=by, version=version)
        insist_kept_alone(account, by)
        account.is_active = True
        note_change(account, "is_active")
        audit(by, "unlocked", account)
    return account


def end_sessions(account: User) -> None:
    """End every session and every token of an account: after an unlock they do not come to life again."""
    for session in UserSession.objects.filter(user=account):
        session.end()
    account.api_tokens.filter(revoked_at=None).update(revoked_at=clock.now())


def initials_of(name: str) -> str:
    """Return the initials of a name as `User.initials` keeps them."""
    return "".join(part[0] for part in pinyin.readings(name)[0])[:60]


def _post_of_new(
    account: User, by: Actor, role: str, since_on: date, until_on: date | None, consortium_id: int | None
) -> None:
    """Add a post of a new account; a fault of the role stands beside the question that asks for several."""
    try:
        add_post(account, by=by, role=role, since_on=since_on, until_on=until_on, consortium_id=consortium_id)
    except ValidationError as refused:
        faults = refused.message_dict
        raise ValidationError({"posts" if name == "role" else name: says for name, says in faults.items()}) from None


def _check(account: User) -> None:
    faults = Faults()
    account.full_name = (account.full_name or "").strip()
    account.phone, account.email = (account.phone or "").strip(), (account.email or "").strip()
    account.initials = initials_of(account.full_name)
    taken = User.objects.filter(username__iexact=account.username).exclude(pk=account.pk)
    if account.username and taken.exists():
        faults.add("username", _("用户名已被使用，请另取一个"))
    faults.of(account, exclude=("password",))
    faults.refuse()
