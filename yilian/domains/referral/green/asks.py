"""What the step that notes time points asks: the kind of emergency, and its points, each of which may stay unknown."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.green.presets import POINTS, kinds_with
from yilian.domains.referral.vocabulary import EmergencyKind
from yilian.kernel.workflow.flow import Ask

TIMES = (
    Ask("emergency_kind", _("绿色通道病种"), "choice", choices=EmergencyKind.choices, required=False, stands=True),
    *(
        Ask(point.question, point.title, "datetime", required=False, when=f"emergency_kind={kinds_with(key)}")
        for key, point in POINTS.items()
    ),
)
