"""The view of data quality as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DataQualityConfig(AppConfig):
    name = "yilian.reports.data_quality"
    label = "data_quality"
    verbose_name = _("数据质量")

    def ready(self) -> None:
        """Declare the menu entry."""
        from yilian.reports.data_quality import audited, menu  # noqa: F401
