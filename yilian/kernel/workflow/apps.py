"""The workflow app: after each migration the tables that guard cases are written from the case types."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkflowConfig(AppConfig):
    name = "yilian.kernel.workflow"
    label = "workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yilian.kernel.workflow import reason_lookup  # noqa: F401
        from yilian.kernel.workflow.projection import project

        post_migrate.connect(project, sender=self, dispatch_uid="workflow.project")
