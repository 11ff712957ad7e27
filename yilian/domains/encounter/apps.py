"""The domain of encounters as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EncounterConfig(AppConfig):
    name = "yilian.domains.encounter"
    label = "encounter"
    verbose_name = _("诊疗数据报送")

    def ready(self) -> None:
        """Declare what is fed, what is counted of it, parameters and words for the record."""
        from yilian.domains.encounter import audited, interface, menu, parameters, star, suspicions  # noqa: F401
        from yilian.domains.encounter.indicators import (  # noqa: F401
            cost,
            missing,
            posted,
            quality,
            recognition,
            satisfaction,
            service,
            staff,
        )
