"""The assessment domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "yilian.domains.assessment"
    label = "assessment"
    verbose_name = _("考核评价")

    def ready(self) -> None:
        """Declare parameters and files, the case types, then what names them."""
        from yilian.domains.assessment import (  # noqa: F401
            attachment_kinds,
            documents,
            menu,
            obligations,
            parameters,
        )
        from yilian.domains.assessment.period import case_type  # noqa: F401
        from yilian.domains.assessment.sheet import case_type as sheet_type  # noqa: F401

        menu.declare()
