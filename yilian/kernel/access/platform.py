"""What binds everybody here, and who may change it: certain roles at the institutions that keep the platform."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import roles

CONSOLE = 0
"""The institution of the console: whoever runs it holds the database itself."""

keepers: list[Callable[[], Iterable[tuple[int, str]]]] = []
"""Functions that return key and name of the institutions that keep the platform; the floors above enter theirs."""


def keeps_platform(actor: Actor) -> bool:
    """Say whether the actor may change what binds every institution; nobody may until a keeper is known."""
    if actor.is_system and actor.institution_id == CONSOLE:
        return True
    keeps = sum(role.mask for role in roles if role.keeps_platform)
    return bool(actor.roles & keeps) and any(key == actor.institution_id for key, _name in _kept_by())


def who_keeps_platform() -> str:
    """Return the sentence that says who may change what binds everybody."""
    names = _("、").join(name for _key, name in _kept_by())
    if not names:
        return _("这里的设置对所有机构有效；尚未登记卫生健康行政部门，请平台运维人员在命令行办理。")
    titles = _("、").join(str(role.title) for role in roles if role.keeps_platform)
    return _("这里的设置对所有机构有效，由{names}的以下岗位维护：{roles}。").format(names=names, roles=titles)


def _kept_by() -> list[tuple[int, str]]:
    return [pair for found in keepers for pair in found()]
