"""The domain's words for the access record."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import Action, ObjectKind, actions, object_kinds

for _action in (
    Action("offered", _("登记服务")),
    Action("revised", _("修改服务")),
    Action("switched_service", _("启停服务")),
    Action("added_resource", _("登记资源")),
    Action("switched_resource", _("启停资源")),
    Action("reported_capacity", _("报告资源数")),
    Action("opened_places", _("开放床位或号源")),
    Action("closed_place", _("停用床位或号源")),
    Action("offered_indication", _("新增转诊指征")),
    Action("revised_indication", _("修改转诊指征")),
):
    actions.add(_action)
object_kinds.add(ObjectKind("service", _("服务"), "/services/{}/".format))
object_kinds.add(ObjectKind("resource", _("资源"), "/capacity/{}/".format))
object_kinds.add(ObjectKind("indication", _("转诊指征"), "/indications/{}/".format))
