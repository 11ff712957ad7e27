"""The menu entry of the register of papers."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages.menu import Entry, add
from yilian.kernel.pages.papers.register import READERS

add(Entry("papers", _("发文登记"), "/papers/", "file-certificate", _("制度与考核"), 25, roles=READERS))
