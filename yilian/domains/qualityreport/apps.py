"""The quality reports as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityReportConfig(AppConfig):
    name = "yilian.domains.qualityreport"
    label = "qualityreport"
    verbose_name = _("质控报告")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare parameters, the case type, then what names it."""
        from yilian.domains.qualityreport import parameters  # noqa: F401, I001
        from yilian.domains.qualityreport import case_type, documents, obligations, tasks  # noqa: F401
