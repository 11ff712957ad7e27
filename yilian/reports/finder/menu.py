"""The menu entry of the finder."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.inpatient.api import READERS
from yilian.kernel.pages.menu import Entry, add

add(Entry("finder", _("可下转患者"), "/finder/", "home-heart", _("协同诊疗"), 63, roles=READERS))
