"""The indicators app: frozen values live in its table."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "yilian.kernel.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
