"""The measure domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasureConfig(AppConfig):
    name = "yilian.domains.measure"
    label = "measure"
    verbose_name = _("指标口径")

    def ready(self) -> None:
        """Declare the look-ups, then the case type."""
        from yilian.domains.measure import lookup  # noqa: F401, I001
        from yilian.domains.measure import case_type, tasks  # noqa: F401
