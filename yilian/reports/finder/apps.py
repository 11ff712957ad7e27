"""The finder of patients who could go down as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinderConfig(AppConfig):
    name = "yilian.reports.finder"
    label = "finder"
    verbose_name = _("可下转患者")

    def ready(self) -> None:
        """Declare the menu entry and the part of the interface."""
        from yilian.reports.finder import interface, menu  # noqa: F401
