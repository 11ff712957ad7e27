"""The menu entry of the white-period view."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages.menu import Entry, add

READERS = ("doctor", "reception", "nursing", "office", "director", "quality", "authority")
add(Entry("whereabouts", _("在途与交接"), "/whereabouts/", "ambulance", _("协同诊疗"), 58, roles=READERS))
