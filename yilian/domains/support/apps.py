"""The support domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "yilian.domains.support"
    label = "support"
    verbose_name = _("报障与求助")

    def ready(self) -> None:
        """Declare parameters, the case type, then its numbers."""
        from yilian.domains.support import parameters  # noqa: F401, I001
        from yilian.domains.support import case_type, indicators  # noqa: F401
