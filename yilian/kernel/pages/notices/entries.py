"""The menu entry of the messages."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.notices.reading import count_unread
from yilian.kernel.pages.menu import Entry, add

add(Entry("messages", _("消息"), "/messages/", "bell", order=3, badge=count_unread, on_phone=True))
