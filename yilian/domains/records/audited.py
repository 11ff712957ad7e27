"""The domain's words for the access record."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import Action, ObjectKind, actions, object_kinds
from yilian.kernel.audit.details import detail_titles

for _action in (
    Action("issued_record", _("存档病历")),
    Action("marked_error", _("标为误录")),
    Action("consented", _("登记授权")),
    Action("withdrew_consent", _("撤回授权")),
    Action("grounded", _("登记调阅依据")),
):
    actions.add(_action)

for _kind in (
    ObjectKind("record", _("病历文档"), "/records/{}/".format),
    ObjectKind("health_record", _("患者档案"), "/patients/{}/records/".format),
    ObjectKind("access_list", _("调阅清单"), "/patients/{}/access/".format),
    ObjectKind("record_consent", _("调阅授权")),
    ObjectKind("record_ground", _("调阅依据")),
):
    object_kinds.add(_kind)

detail_titles["patient"] = _("患者")
detail_titles["file"] = _("附件")
