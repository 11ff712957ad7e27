"""What rules of this domain lean on where no article speaks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

_TEXT = "docs/adr/0110-an-agreement-is-a-case-and-its-clauses-are-rows.md"
_CHECK = "docs/adr/0111-whoever-owns-the-rows-declares-the-kind-of-clause.md"
_LIMIT = "docs/adr/0112-the-strictest-limit-applies-and-contradictions-are-shown.md"

IN_ORDER = Decision(_TEXT, _("前一步未完成，后一步没有意义"))
ONE_TEXT = Decision(_TEXT, _("各方签署的是同一文本，签署后文本不能再改"))
PROVED = Decision(_CHECK, _("履约以系统中的记录为准，没有记录的不作判断"))
STRICTEST = Decision(_LIMIT, _("几个时限都适用的，从其最严；约定互相矛盾的如实列出，不作猜测"))
