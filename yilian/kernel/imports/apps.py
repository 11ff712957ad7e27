"""The imports as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "yilian.kernel.imports"
    label = "imports"
    verbose_name = _("导入")

    def ready(self) -> None:
        """Declare the jobs."""
        from yilian.kernel.imports import tasks  # noqa: F401
