"""What the rules of questions to specialists lean on where no article of the source documents says it."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

DECISION = Decision(
    "docs/adr/0130-advice-is-asked-first-and-becomes-a-referral-only-as-authorised.md",
    _("专家咨询约定：先问后转，只附选定的病历，经申请方事先授权方可由对方拟转诊单"),
)
