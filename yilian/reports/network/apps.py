"""The view of how the network runs as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "yilian.reports.network"
    label = "network"
    verbose_name = _("网络运行")

    def ready(self) -> None:
        """Declare the menu entry, the numbers, the parameters and the word for the access record."""
        from yilian.reports.network import audited, indicators, interface, menu, parameters  # noqa: F401
