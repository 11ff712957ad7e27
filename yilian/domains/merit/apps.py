"""The merit domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeritConfig(AppConfig):
    name = "yilian.domains.merit"
    label = "merit"
    verbose_name = _("奖惩")

    def ready(self) -> None:
        """Declare parameters and files, the case type, what names it, and the points handed to assessments."""
        from yilian.domains.merit import attachment_kinds, parameters  # noqa: F401, I001
        from yilian.domains.merit import case_type  # noqa: F401
        from yilian.domains.merit import deciding, documents, menu, scoring  # noqa: F401
        from yilian.domains.merit.carrying import grounds
        from yilian.kernel.rules.carrying import sources
        from yilian.registry import points

        menu.declare()
        sources.append(grounds)
        points.sources.append(scoring.points_in_effect)
