"""The deadlines app: the clock's rounds, and which stages of a deadline were already told."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "yilian.kernel.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yilian.kernel.deadlines import settings  # noqa: F401
