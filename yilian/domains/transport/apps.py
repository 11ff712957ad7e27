"""The transport domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransportConfig(AppConfig):
    name = "yilian.domains.transport"
    label = "transport"
    verbose_name = _("患者转运")

    def ready(self) -> None:
        """Declare parameters and reasons, the case type, its numbers, and what joins a referral."""
        from yilian.domains.transport import (  # noqa: F401
            case_type,
            documents,
            indicators,
            joining,
            parameters,
            reasons,
            star,
        )
