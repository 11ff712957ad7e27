"""The ward domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WardConfig(AppConfig):
    name = "yilian.domains.ward"
    label = "ward"
    verbose_name = _("延伸病房与联合查房")

    def ready(self) -> None:
        """Declare parameters, the three case types and their numbers."""
        from yilian.domains.ward import (  # noqa: F401
            indicators,
            indicators_counted,
            parameters,
            shared_ward,
            star,
            ward_note,
            ward_round,
        )
