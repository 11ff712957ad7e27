"""The domain's words for the access record."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import Action, ObjectKind, actions, object_kinds
from yilian.kernel.audit.details import detail_titles

actions.add(Action("fed_care_data", _("报送诊疗数据")))
object_kinds.add(ObjectKind("feed", _("报送"), "/feeds/{}/".format))
detail_titles.setdefault("fact", _("数据"))
detail_titles.setdefault("rows", _("行数"))
