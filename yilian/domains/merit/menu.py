"""What this domain adds to the side menu."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages import menu

READERS = ("office", "director", "secretary", "quality", "authority", "head")


def declare() -> None:
    """Add the register of what was published."""
    menu.add(menu.Entry("merit_register", _("奖惩公示"), "/merits/", "award", _("医联体治理"), 63, READERS))
