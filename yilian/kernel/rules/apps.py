"""The rules app: parameters and reason codes live in its tables."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RulesConfig(AppConfig):
    name = "yilian.kernel.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yilian.kernel.almanac.watching import watch
        from yilian.kernel.rules.reasons import sync_after_migrate

        watch("rules.ParameterValue", "rules.ReasonCode")
        post_migrate.connect(sync_after_migrate, sender=self)
