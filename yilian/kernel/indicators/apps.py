"""The indicators app: frozen values live in its table."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "yilian.kernel.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep adopted definitions in memory; they change a few times a year."""
        from yilian.kernel.almanac.watching import watch

        watch("indicators.Definition")
