"""The cockpit as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CockpitConfig(AppConfig):
    name = "yilian.reports.cockpit"
    label = "cockpit"
    verbose_name = _("运行大屏")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the menu entry and the work of the clock."""
        from yilian.reports.cockpit import audited, menu, tasks  # noqa: F401
