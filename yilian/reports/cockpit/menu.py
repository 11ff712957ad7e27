"""The menu entry of the cockpit."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages.menu import Entry, add

READERS = ("office", "director", "quality", "authority")
add(Entry("cockpit", _("运行大屏"), "/cockpit/", "device-desktop-analytics", _("制度与考核"), 25, roles=READERS))
