"""The documents app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "yilian.kernel.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yilian.kernel.audit import Action, ObjectKind, actions, object_kinds
        from yilian.kernel.documents import answering, limits  # noqa: F401 - limits declares its parameter

        answering.declare()
        actions.add(Action("issued", _("开具文书")))
        actions.add(Action("voided", _("作废文书")))
        actions.add(Action("found_damaged", _("发现文件损坏")))
        object_kinds.add(ObjectKind("attachment", _("附件"), lambda key: f"/files/{key}/"))
        object_kinds.add(ObjectKind("paper", _("正式文书")))
