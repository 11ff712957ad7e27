"""The menu entries that every installation has."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.audit.actions import ObjectKind, object_kinds
from yilian.kernel.pages import menu
from yilian.kernel.workflow import queries


def declare() -> None:
    """Add them to the menu, in front of all others; and what their pages record."""
    object_kinds.add(ObjectKind("deputy", _("委托"), lambda key: "/me/substitutes/"))
    menu.add(menu.Entry("home", _("工作台"), "/", "layout-dashboard", order=-2))
    menu.add(menu.Entry("inbox", _("我的待办"), "/inbox/", "inbox", order=-1, badge=_waiting, on_phone=True))


def _waiting(actor: Actor) -> int:
    return queries.count_inbox(actor)
