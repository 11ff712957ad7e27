"""The advice domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdviceConfig(AppConfig):
    name = "yilian.domains.advice"
    label = "advice"
    verbose_name = _("专家咨询")

    def ready(self) -> None:
        """Declare parameters, reasons, the case type and its numbers."""
        from yilian.domains.advice import (  # noqa: F401
            case_type,
            indicators,
            indicators_counted,
            parameters,
            reasons,
            star,
        )
