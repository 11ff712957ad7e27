"""What the rules of shared wards lean on where no article of the source documents says it."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

TOGETHER = Decision(
    "docs/adr/0141-a-round-is-a-case-and-each-patient-seen-on-it-another.md",
    _("联合查房约定：查房由双方办理并留痕，每位患者的记录只由查房双方查阅"),
)
