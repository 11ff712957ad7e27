"""The menu entries of the messages, and of what leaves the house."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.notices.channels import open_channels
from yilian.kernel.notices.delivery_log import count_dead
from yilian.kernel.notices.reading import count_unread
from yilian.kernel.notices.robot_keeping import KEEPERS
from yilian.kernel.notices.robots import open_robot_kinds
from yilian.kernel.pages.menu import Entry, add


def _dead(actor: Actor) -> int:
    return count_dead(actor) if open_channels() or open_robot_kinds() else 0


add(Entry("messages", _("消息"), "/messages/", "bell", order=3, badge=count_unread, on_phone=True))
add(Entry("deliveries", _("外发消息"), "/messages/deliveries/", "send", _("系统设置"), 25, KEEPERS, _dead))
