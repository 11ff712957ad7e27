"""The policy domain as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    name = "yilian.domains.policy"
    label = "policy"
    verbose_name = _("制度文件")

    def ready(self) -> None:
        """Declare parameters, the case type, then what names it."""
        from yilian.domains.policy import parameters  # noqa: F401, I001
        from yilian.domains.policy import case_type, documents, star, indicators, obligations  # noqa: F401
