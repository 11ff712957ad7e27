"""What rules of this domain lean on where no article speaks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

_PATH = "docs/adr/0122-each-edition-of-a-document-is-a-case.md"

FOUR_EYES = Decision(_PATH, _("起草、审核、批准分开，文件才经得起追问"))
EDITIONS = Decision(_PATH, _("每一版单独成案，旧版保留"))
