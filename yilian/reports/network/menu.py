"""The menu entry of the network."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages.menu import Entry, add
from yilian.reports.network.tables import READERS

add(Entry("network", _("网络运行"), "/network/", "topology-star-3", _("协同诊疗"), 64, roles=READERS))
