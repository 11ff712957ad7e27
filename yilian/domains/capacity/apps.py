"""The capacity domain as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CapacityConfig(AppConfig):
    name = "yilian.domains.capacity"
    label = "capacity"
    verbose_name = _("服务与资源")

    def ready(self) -> None:
        """Declare words for the access record, menu, look-ups, workbooks, interface, and what joins a referral."""
        from yilian.domains.capacity import audited, indicators, menu, parameters  # noqa: F401
        from yilian.domains.capacity.board import interface as board  # noqa: F401
        from yilian.domains.capacity.board import sheet as figures  # noqa: F401
        from yilian.domains.capacity.booking import interface as places  # noqa: F401
        from yilian.domains.capacity.booking import joining as booking  # noqa: F401
        from yilian.domains.capacity.booking import sheet as openings  # noqa: F401
        from yilian.domains.capacity.directory import featuring, interface, joining, lookup, sheet  # noqa: F401
        from yilian.domains.capacity.indications import interface as catalogue  # noqa: F401
        from yilian.domains.capacity.indications import joining as naming  # noqa: F401

        post_migrate.connect(_load_indications, sender=self)


def _load_indications(*, using: str, apps: Any = None, **said: object) -> None:
    """Load the shipped indications, unless their table was migrated away."""
    from yilian.domains.capacity.indications.shipping import load_shipped

    if apps is None or "indication" in apps.all_models["capacity"]:
        load_shipped(using=using)
