"""What this domain adds to the side menu."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages import menu

READERS = ("office", "director", "secretary", "quality", "authority", "head")


def declare() -> None:
    """Add the board of projects."""
    menu.add(menu.Entry("project_board", _("项目看板"), "/projects/", "layout-kanban", _("医联体治理"), 62, READERS))
