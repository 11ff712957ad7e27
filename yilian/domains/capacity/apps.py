"""The capacity domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapacityConfig(AppConfig):
    name = "yilian.domains.capacity"
    label = "capacity"
    verbose_name = _("服务与资源")

    def ready(self) -> None:
        """Declare words for the access record, menu, look-ups, workbooks, interface, and what joins a referral."""
        from yilian.domains.capacity import audited, menu  # noqa: F401
        from yilian.domains.capacity.directory import interface, joining, lookup, sheet  # noqa: F401
