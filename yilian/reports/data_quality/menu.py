"""The menu entry of data quality."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages.menu import Entry, add

READERS = ("office", "director", "quality", "authority")
add(Entry("data_quality", _("数据质量"), "/data-quality/", "database-heart", _("制度与考核"), 35, roles=READERS))
