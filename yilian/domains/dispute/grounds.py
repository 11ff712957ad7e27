"""What rules of this domain lean on where no article speaks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

IMPARTIAL = Decision(
    "docs/adr/0123-a-dispute-is-seen-by-its-parties-and-their-mediator.md", _("调解人不是当事方，纠纷只有各方可见")
)
RESOLVED = Decision(
    "docs/adr/0177-a-resolution-decides-the-case-that-waits-for-it.md", _("有权审议的机构在位时由其决议，决议即办理")
)
