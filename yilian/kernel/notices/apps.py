"""The notices app: every step tells those whose turn it becomes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "yilian.kernel.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yilian.kernel.almanac.watching import watch
        from yilian.kernel.audit.actions import ObjectKind, object_kinds
        from yilian.kernel.notices import settings  # noqa: F401
        from yilian.kernel.notices.telling import tell_of_message, tell_of_step
        from yilian.kernel.workflow.conversation import after_message
        from yilian.kernel.workflow.engine import after_step

        watch("notices.NoticeRobot")
        if tell_of_step not in after_step:
            after_step.append(tell_of_step)
            after_message.append(tell_of_message)
            object_kinds.add(ObjectKind("notice_robot", _("群机器人"), lambda key: "/messages/robots/"))
            object_kinds.add(ObjectKind("notice_delivery", _("外发消息"), lambda key: "/messages/deliveries/"))
