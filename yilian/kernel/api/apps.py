"""The API app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import ObjectKind, object_kinds


class ApiConfig(AppConfig):
    name = "yilian.kernel.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the parameters of the interface and what its records are called."""
        from yilian.kernel.api import tokens  # noqa: F401

        object_kinds.add(ObjectKind("api_token", _("接口令牌")))
