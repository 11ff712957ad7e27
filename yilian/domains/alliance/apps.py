"""The alliance domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AllianceConfig(AppConfig):
    name = "yilian.domains.alliance"
    label = "alliance"
    verbose_name = _("医联体治理")

    def ready(self) -> None:
        """Declare the parameters, reasons and case types of the domain."""
        from yilian.domains.alliance import (  # noqa: F401
            attachment_kinds,
            documents,
            indicators,
            menu,
            obligations,
            parameters,
            reasons,
        )
        from yilian.domains.alliance.admission import case_type as admission  # noqa: F401
        from yilian.domains.alliance.appraisal import case_type as appraisal  # noqa: F401
        from yilian.domains.alliance.dissolution import case_type as dissolution  # noqa: F401
        from yilian.domains.alliance.establishment import case_type as establishment  # noqa: F401
        from yilian.domains.alliance.exit import case_type as exit_  # noqa: F401
        from yilian.domains.alliance.filing import case_type as filing  # noqa: F401
        from yilian.domains.alliance.plaque import case_type as plaque  # noqa: F401
        from yilian.domains.alliance.renewal import case_type as renewal  # noqa: F401

        menu.declare()
