"""`yilian account`: makes an account with a post, above all the first one of an installation; locks and unlocks."""

import argparse
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.commands.failure import CommandRefused
from yilian.config.preparing import prepare_database
from yilian.kernel.postgres.place import in_use

if TYPE_CHECKING:
    from yilian.kernel.access.models import User

NAME = "account"
HELP = gettext_lazy("新建账号并授予岗位，或重设密码；打印一次性的初始密码；也可锁定、解锁")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare who, where and in which role."""
    parser.add_argument("username", help=_("用户名"))
    parser.add_argument("--name", default="", help=_("姓名"))
    parser.add_argument("--institution", default="", help=_("机构：全称或统一社会信用代码"))
    parser.add_argument("--role", action="append", default=[], help=_("角色，可重复，例如 admin"))
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--lock", action="store_true", help=_("只锁定此账号：立即不能登录"))
    kept.add_argument("--unlock", action="store_true", help=_("只解锁此账号"))


def run(arguments: argparse.Namespace) -> None:
    """Make the account, or give an existing one a new password and further posts; print the password."""
    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        if arguments.lock or arguments.unlock:
            print(keep(arguments.username, is_active=arguments.unlock))
            return
        from yilian.registry.accounts.writing import first_password

        password = first_password()
        with transaction.atomic():
            grant(arguments, password)
    print(
        _("账号 %(name)s，密码 %(password)s（首次登录时须修改）") % {"name": arguments.username, "password": password}
    )


def keep(username: str, *, is_active: bool) -> str:
    """Lock or unlock an account and return the sentence that says so. Raises CommandRefused for an unknown one."""
    from yilian.kernel.access.models import User
    from yilian.registry.accounts.writing import end_sessions

    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).filter(username=username).first()
        if user is None:
            raise CommandRefused(_("没有用户名为 %s 的账号。") % username)
        user.is_active, user.version = is_active, user.version + 1
        user.save(update_fields=["is_active", "version"])
        end_sessions(user)
        _record(user, "unlocked" if is_active else "locked")
    return (_("账号 %s 已解锁") if is_active else _("账号 %s 已锁定")) % username


def grant(arguments: argparse.Namespace, password: str) -> None:
    """Write user and posts. Raises CommandRefused when role, institution or name is missing or unknown."""
    from yilian.kernel import clock
    from yilian.kernel.access.models import Post, User
    from yilian.kernel.access.roles import roles
    from yilian.registry.accounts.writing import end_sessions, initials_of, set_password

    unknown = [role for role in arguments.role if role not in roles]
    if unknown:
        known = _("、").join(f"{role.key}（{role.title}）" for role in roles)
        raise CommandRefused(_("没有角色 %(role)s，可选：%(known)s。") % {"role": unknown[0], "known": known})
    user = User.objects.filter(username=arguments.username).first() or User(username=arguments.username)
    user.full_name = arguments.name or user.full_name
    if not user.full_name:
        raise CommandRefused(_("新账号须写明姓名：--name 姓名。"))
    user.initials = initials_of(user.full_name)
    set_password(user, password)
    user.version += 1
    user.save()
    end_sessions(user)
    place = _institution(arguments.institution) if arguments.role else None
    for role in arguments.role:
        Post.objects.get_or_create(
            user=user, institution=place, role=role, consortium=None, defaults={"since_on": clock.today()}
        )
    _record(user, "password_reset")


def _record(user: "User", action: str) -> None:
    """Record what the console did, where the institution of the person's first post of today reads it."""
    from yilian.kernel.access.actor import system_actor
    from yilian.kernel.access.posts import posts_of
    from yilian.kernel.audit import record

    held = posts_of(user)
    by = system_actor(_("命令行"), held[0].institution_id) if held else None
    record(by, action, object_kind="user", object_id=user.pk, detail={"title": user.username, "why": _("命令行")})


def _institution(word: str) -> models.Model:
    from yilian.registry.models import Institution

    found = Institution.objects.filter(models.Q(unified_code=word.upper()) | models.Q(name=word))[:2] if word else ()
    if len(found) != 1:
        raise CommandRefused(
            _("机构“%s”尚未登记或不唯一：请先用 yilian import 导入机构，再写明其统一社会信用代码。") % word
        )
    return found[0]
