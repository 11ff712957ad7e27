"""The correspondence domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    name = "yilian.domains.correspondence"
    label = "correspondence"
    verbose_name = _("公文")

    def ready(self) -> None:
        """Declare the case type, then the papers that name it."""
        from yilian.domains.correspondence import case_type  # noqa: F401, I001
        from yilian.domains.correspondence import documents  # noqa: F401
