"""The lake as a Django application: its rows are files; a table notes the refreshes."""

from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "yilian.kernel.lake"
    label = "lake"
    default_auto_field = "django.db.models.BigAutoField"
