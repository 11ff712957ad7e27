"""Which accounts an administrator keeps: those of the people who hold, held or will hold a post at the institution.

A password or a lock reaches every post of a person, so an account that is also in use elsewhere is kept by nobody but
the console; its posts here stay the administrator's.
"""

from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Post, User

KEEPER = "admin"
"""The role that keeps the accounts of its own institution."""


def keeps_accounts(actor: Actor) -> bool:
    """Say whether the actor keeps accounts: an administrator, as themselves."""
    return actor.may(KEEPER) and actor.on_behalf_of_id is None


def accounts_of(institution_id: int) -> QuerySet[User]:
    """Return the accounts with a post here, whenever it was or will be."""
    return User.objects.filter(pk__in=Post.objects.filter(institution_id=institution_id).values("user_id"))


def unended(on: date) -> Q:
    """Return the condition that a post holds on this day or will later."""
    return Q(until_on__isnull=True) | Q(until_on__gte=on)


def is_used_elsewhere(account: User, institution_id: int) -> bool:
    """Say whether the account belongs to another institution too: by a post there that has not ended.

    Of an account whose posts have all ended, the last one counts.
    """
    posts = account.posts.order_by("-until_on", "-pk")
    open_ones = list(posts.filter(unended(clock.today())).values_list("institution_id", flat=True))
    found = open_ones or list(posts.values_list("institution_id", flat=True)[:1])
    return any(place != institution_id for place in found)


def insist_kept_alone(account: User, by: Actor) -> None:
    """Refuse what would reach into another institution; raises ValidationError that says who does it."""
    if is_used_elsewhere(account, by.institution_id):
        raise ValidationError(
            _(
                "此人在其他机构也有岗位，密码、姓名和锁定会影响那里：请平台运维人员在命令行办理。本机构的岗位可在此增减。"
            )
        )


def insist_keeper(by: Actor) -> None:
    """Refuse an actor who keeps no accounts; raises ValidationError."""
    if by.on_behalf_of_id is not None:
        raise ValidationError(_("代他人办理时不能管理账号与岗位。请先结束代办。"))
    if not by.may(KEEPER):
        raise ValidationError(_("账号与岗位由本机构的系统管理员办理。"))


def lock_account(account_id: int, *, by: Actor, version: int | None) -> User:
    """Return an account of the actor's institution that nobody else changes until the end of the transaction.

    Raises ValidationError for somebody who keeps none and for a version that somebody else has changed since, and
    User.DoesNotExist for an account of others.
    """
    insist_keeper(by)
    account = accounts_of(by.institution_id).select_for_update(of=("self",), no_key=True).get(pk=account_id)
    if version is not None and account.version != version:
        raise ValidationError({NON_FIELD_ERRORS: [_("此账号已被他人更改，请刷新后再办理")]})
    return account


def note_change(account: User, *columns: str) -> None:
    """Save these columns of a locked account as its next version."""
    account.version += 1
    account.save(update_fields=[*columns, "version"])
