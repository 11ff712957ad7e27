"""The domain of encounters as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EncounterConfig(AppConfig):
    name = "yilian.domains.encounter"
    label = "encounter"
    verbose_name = _("诊疗数据报送")

    def ready(self) -> None:
        """Declare what is fed."""
        from yilian.domains.encounter import star  # noqa: F401
