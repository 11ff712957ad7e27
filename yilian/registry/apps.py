"""The registry as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "yilian.registry"
    label = "registry"
    verbose_name = _("基础登记")

    def ready(self) -> None:
        """Declare what the registry adds, and let every migration end with the shipped codes in place."""
        from yilian.kernel import rows
        from yilian.kernel.access import platform
        from yilian.kernel.almanac.watching import watch
        from yilian.kernel.indicators.places import overseers, watchers
        from yilian.kernel.rules.carrying import sources
        from yilian.registry import (  # noqa: F401
            belonging,
            governing,
            interface,
            interface_pairs,
            known,
            lookups,
            portraits,
            regulations,
            roles,
            shelves,
            star,
        )
        from yilian.registry.carrying import clauses_and_checks
        from yilian.registry.overseen import overseen_by, watched_by
        from yilian.registry.pages import entries  # noqa: F401
        from yilian.registry.patients import rules, weights  # noqa: F401
        from yilian.registry.sheets import people, places  # noqa: F401

        watch(*(f"registry.{table}" for table in known.TABLES))
        rows.finders |= known.FINDERS
        platform.keepers.append(governing.platform_keepers)
        overseers.append(overseen_by)
        watchers.append(watched_by)
        sources.append(clauses_and_checks)
        post_migrate.connect(_load_codes, sender=self)


def _load_codes(*, using: str, plan: object = None, apps: Any = None, **said: object) -> None:
    """Load the shipped code systems, unless their table was migrated away."""
    from yilian.registry.codes.loading import load_shipped

    if apps is None or _has_codes(apps):
        load_shipped(using=using)


def _has_codes(apps: Any) -> bool:
    try:
        apps.get_model("registry", "CodeSystem")
    except LookupError:
        return False
    return True
