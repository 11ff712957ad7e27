"""The referral domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralConfig(AppConfig):
    name = "yilian.domains.referral"
    label = "referral"
    verbose_name = _("双向转诊")

    def ready(self) -> None:
        """Declare the parameters, reasons and case types."""
        from yilian.domains.referral import (  # noqa: F401
            case_type,
            documents,
            followup,
            hops,
            indicators,
            indicators_counted,
            owed_consent,
            parameters,
            reasons,
            star,
            suspicions,
        )
        from yilian.domains.referral.green import alerts, countersign, indicators_timed, mode, promises  # noqa: F401
        from yilian.domains.referral.green import indicators as green  # noqa: F401
        from yilian.kernel.almanac.watching import watch

        watch("referral.EmergencyMode")
