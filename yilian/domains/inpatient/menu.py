"""The menu entry of this domain."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.inpatient.reporting import READERS
from yilian.kernel.pages.menu import Entry, add

add(Entry("inpatients", _("住院患者"), "/inpatients/", "bed-flat", _("协同诊疗"), 62, roles=READERS))
