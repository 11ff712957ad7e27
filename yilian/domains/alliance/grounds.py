"""What rules of this domain lean on where no article speaks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

_PATH = "docs/adr/0005-a-rule-without-an-article-cites-a-decision.md"


def sense(reason: str) -> Decision:
    """Return the decision that facts without which a procedure means nothing must hold."""
    return Decision(_PATH, reason)


ONE_OF_A_NAME = sense(_("名称相同的医联体无法区分"))
ONE_AT_A_TIME = sense(_("同一事项办结前不重复办理"))
IN_ORDER = sense(_("前一步未完成，后一步没有意义"))
VOTED = Decision(
    "docs/adr/0177-a-resolution-decides-the-case-that-waits-for-it.md", _("有权审议的机构在位时由其决议，决议即办理")
)
