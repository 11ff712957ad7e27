"""The domain's words for the access record."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import Action, ObjectKind, actions, object_kinds

for _action in (
    Action("reported_stays", _("报告住院患者")),
    Action("named_indications", _("判断下转指征")),
    Action("decided_return", _("判断是否下转")),
):
    actions.add(_action)
object_kinds.add(ObjectKind("stay", _("住院患者"), "/finder/{}/".format))
