"""What this domain adds to the side menu."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages import menu

GROUP = _("医联体治理")
KEEPERS = ("office", "director", "secretary", "authority", "quality")


def declare() -> None:
    """Add the check of agreements, and the question which rule applies."""
    menu.add(menu.Entry("agreement_checks", _("协议履约"), "/agreements/checks/", "checklist", GROUP, 60, KEEPERS))
    menu.add(menu.Entry("applying", _("适用规则"), "/applying/", "scale", GROUP, 61, (*KEEPERS, "doctor", "reception")))
