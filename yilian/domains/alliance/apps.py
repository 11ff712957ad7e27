"""The alliance domain as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

LIFE = ("filing", "establishment", "admission", "plaque", "appraisal", "renewal", "charter", "exit", "dissolution")


class AllianceConfig(AppConfig):
    name = "yilian.domains.alliance"
    label = "alliance"
    verbose_name = _("医联体治理")

    def ready(self) -> None:
        """Declare parameters and reasons, the case types in the order of a consortium's life, then what names them."""
        from yilian.domains.alliance import attachment_kinds, parameters, reasons  # noqa: F401

        for case_type in LIFE:
            import_module(f"yilian.domains.alliance.{case_type}.case_type")
        from yilian.domains.alliance import (  # noqa: F401
            documents,
            indicators,
            indicators_of_rows,
            known_bodies,
            menu,
            obligations,
            promises,
        )
        from yilian.domains.alliance.appraisal.assessed import AllianceLife
        from yilian.registry.yearly_results import keepers

        keepers.append(AllianceLife())
        known_bodies.declare()
        menu.declare()
