"""What the rules of transports lean on where no article of the source documents says it."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

WHO_ANSWERS = Decision(
    "docs/adr/0140-whoever-escorts-the-patient-answers-until-the-receiver-signs.md",
    _("转运责任约定：签收前由护送方负责，签收后由转入方负责"),
)
