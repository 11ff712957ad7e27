"""The menu entries of this domain."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.board.reporting import REPORTERS
from yilian.kernel.pages.menu import Entry, add

GROUP = _("协同诊疗")

add(Entry("services", _("服务目录"), "/services/", "list-search", GROUP, 60))
add(
    Entry(
        "capacity", _("资源看板"), "/capacity/", "bed", GROUP, 59, roles=(*REPORTERS, "quality", "authority"),
    )
)  # fmt: skip
add(Entry("indications", _("转诊指征"), "/indications/", "stethoscope", GROUP, 61))
