"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "yilian.kernel.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yilian.kernel.audit import logins

        logins.listen()
