"""The white-period view as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WhitePeriodConfig(AppConfig):
    name = "yilian.reports.white_period"
    label = "white_period"
    verbose_name = _("在途与交接")

    def ready(self) -> None:
        """Declare the menu entry and the part of the interface."""
        from yilian.reports.white_period import interface, menu  # noqa: F401
