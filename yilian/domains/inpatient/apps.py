"""The domain of in-patients as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InpatientConfig(AppConfig):
    name = "yilian.domains.inpatient"
    label = "inpatient"
    verbose_name = _("住院患者")

    def ready(self) -> None:
        """Declare the words for the access record, reasons, the workbook, the interface, the menu and the numbers."""
        from yilian.domains.inpatient import (  # noqa: F401
            audited,
            indicators,
            interface,
            menu,
            reasons,
            sheet,
            suspicions,
        )
