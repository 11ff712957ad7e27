"""What this domain adds to the side menu."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages import menu

USERS = ("office", "director", "secretary", "authority", "quality")
GROUP = _("医联体治理")


def declare() -> None:
    """Add the register and the grids, in front of the case types of the group."""
    menu.add(menu.Entry("consortia", _("医联体名册"), "/consortia/", "building-community", GROUP, 3, USERS))
    menu.add(menu.Entry("grids", _("网格布局"), "/consortia/grids/", "map-2", GROUP, 4, ("authority", "office")))
