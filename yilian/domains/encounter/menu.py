"""The menu entry of this domain."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.taking_in import READERS
from yilian.kernel.pages.menu import Entry, add

add(Entry("feeds", _("数据报送"), "/feeds/", "file-import", _("制度与考核"), 31, roles=READERS))
