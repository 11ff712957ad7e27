"""The dispute domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputeConfig(AppConfig):
    name = "yilian.domains.dispute"
    label = "dispute"
    verbose_name = _("纠纷调解")

    def ready(self) -> None:
        """Declare parameters, the case type, then its papers."""
        from yilian.domains.dispute import parameters  # noqa: F401, I001
        from yilian.domains.dispute import case_type, documents  # noqa: F401
