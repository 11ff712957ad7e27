"""What can be recorded: the actions, and how the kinds of objects are called."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.registries import Registry


@dataclass(frozen=True)
class Action:
    """Something that was done, in the past tense: `viewed`; the title is what the auditor reads."""

    key: str
    title: str | Promise


@dataclass(frozen=True)
class ObjectKind:
    """How an `object_kind` is called, and the address of one of its objects by id (None: it has no page)."""

    key: str
    title: str | Promise
    address: Callable[[str], str] | None = None


actions: Registry[Action] = Registry("audited action")
object_kinds: Registry[ObjectKind] = Registry("audited object kind")

for _action in (
    Action("viewed", _("查看")),
    Action("searched", _("检索")),
    Action("exported", _("导出")),
    Action("printed", _("打印")),
    Action("downloaded", _("下载")),
    Action("uploaded", _("上传")),
    Action("removed", _("移除")),
    Action("opened", _("发起")),
    Action("stepped", _("办理")),
    Action("changed", _("修改")),
    Action("imported", _("导入")),
    Action("merged", _("合并")),
    Action("unmerged", _("撤销合并")),
    Action("switched", _("切换岗位")),
    Action("logged_in", _("登录")),
    Action("logged_out", _("退出")),
    Action("login_failed", _("登录失败")),
    Action("locked_out", _("登录锁定")),
    Action("login_changed", _("更改登录方式")),
):
    actions.add(_action)

object_kinds.add(ObjectKind("access_record", _("访问记录")))
object_kinds.add(ObjectKind("session", _("登录会话")))
