"""The domain's words for the access record."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import Action, ObjectKind, actions, object_kinds

for _action in (
    Action("offered", _("登记服务")),
    Action("revised", _("修改服务")),
    Action("switched_service", _("启停服务")),
):
    actions.add(_action)
object_kinds.add(ObjectKind("service", _("服务"), "/services/{}/".format))
