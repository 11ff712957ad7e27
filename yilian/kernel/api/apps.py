"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "yilian.kernel.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
