"""The governance domain as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

KINDS = ("founding", "appointment", "meeting", "motion", "assignment", "opinion")


class GovernanceConfig(AppConfig):
    name = "yilian.domains.governance"
    label = "governance"
    verbose_name = _("议事与决议")

    def ready(self) -> None:
        """Declare parameters and look-ups, the case types, then what names them."""
        from yilian.domains.governance import lookup, parameters  # noqa: F401
        from yilian.domains.governance.bodies import lookups  # noqa: F401

        for case_type in KINDS:
            import_module(f"yilian.domains.governance.{case_type}.case_type")
        from yilian.domains.governance import (  # noqa: F401
            agenda,
            documents,
            indicators,
            indicators_counted,
            interface,
            obligations,
            star,
            suspicions,
        )
        from yilian.domains.governance.carrying import bodies
        from yilian.domains.governance.motion.effects_of_decisions import CHAMBER
        from yilian.kernel.rules.carrying import sources
        from yilian.registry.agenda import keepers
        from yilian.registry.resolutions import chambers

        keepers.append(agenda.keep)
        sources.append(bodies)
        chambers.append(CHAMBER)
