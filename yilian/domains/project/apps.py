"""The project domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectConfig(AppConfig):
    name = "yilian.domains.project"
    label = "project"
    verbose_name = _("合作项目")

    def ready(self) -> None:
        """Declare parameters, files and look-ups, the case type, then what names it."""
        from yilian.domains.project import attachment_kinds, lookup, parameters  # noqa: F401, I001
        from yilian.domains.project import case_type  # noqa: F401
        from yilian.domains.project import deciding, documents, interface, menu  # noqa: F401

        menu.declare()
