"""What this domain adds to the side menu beside its lists."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages import menu

READERS = ("office", "director", "secretary", "quality", "authority")


def declare() -> None:
    """Add the schemes."""
    menu.add(menu.Entry("schemes", _("考核方案"), "/schemes/", "checklist", _("考核评价"), 60, READERS))
