"""The menu entry of the access records."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages.audit.records import READER
from yilian.kernel.pages.menu import Entry, add

add(Entry("audit", _("访问记录"), "/audit/", "shield-search", _("系统设置"), 30, roles=(READER,)))
