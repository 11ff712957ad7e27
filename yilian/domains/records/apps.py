"""The records domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "yilian.domains.records"
    label = "records"
    verbose_name = _("病历共享")

    def ready(self) -> None:
        """Declare parameters, words for the access record, what joins other case types, and the own one."""
        from yilian.domains.records import (  # noqa: F401
            advising,
            audited,
            interface,
            joining,
            lookup,
            menu,
            parameters,
        )
        from yilian.domains.records.breakglass import case_type, indicators  # noqa: F401
        from yilian.domains.records.exchange import interface as fhir  # noqa: F401
        from yilian.kernel.documents.tasks import unnamed

        unnamed.append("records_orphans")
        menu.declare()
