"""The notices app: every step tells those whose turn it becomes."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yilian.kernel.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yilian.kernel.notices.telling import tell_of_step
        from yilian.kernel.workflow.engine import after_step

        if tell_of_step not in after_step:
            after_step.append(tell_of_step)
