"""The domain of agreements as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementConfig(AppConfig):
    name = "yilian.domains.agreement"
    label = "agreement"
    verbose_name = _("合作协议")

    def ready(self) -> None:
        """Declare kinds of clauses and files, the case type, and what names it."""
        from yilian.domains.agreement import (  # noqa: F401
            case_type,
            documents,
            indicators,
            kinds,
            lookup,
            menu,
            obligations,
            star,
        )
        from yilian.domains.agreement.carrying import library
        from yilian.domains.agreement.resolving import joining, recognising  # noqa: F401
        from yilian.kernel.almanac.watching import watch
        from yilian.kernel.rules.carrying import sources

        watch("agreement.Promise")
        menu.declare()
        sources.append(library)
