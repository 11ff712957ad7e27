"""The menu entries of these pages."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit import ObjectKind, object_kinds
from yilian.kernel.pages import menu
from yilian.kernel.pages.menu import Entry
from yilian.kernel.pages.regulations import parameters, reasons

GROUP = _("制度与考核")
SETTINGS = _("系统设置")

for _entry in (
    Entry("regulations", _("法规执行"), "/regulations/", "scale", GROUP, 10),
    Entry("obligations", _("义务日历"), "/obligations/", "calendar-check", GROUP, 20),
    Entry("indicators", _("监测指标"), "/indicators/", "chart-bar", GROUP, 30),
    Entry("parameters", _("参数"), "/parameters/", "adjustments", SETTINGS, 10, roles=parameters.READERS),
    Entry("reasons", _("原因代码"), "/reasons/", "list-check", SETTINGS, 20, roles=reasons.READERS),
):
    menu.add(_entry)

object_kinds.add(ObjectKind("parameter", _("参数取值")))
object_kinds.add(ObjectKind("obligation", _("义务日历")))
object_kinds.add(ObjectKind("reason_code", _("原因代码"), lambda pk: f"/reasons/{pk}/"))
object_kinds.add(ObjectKind("indicator_snapshot", _("指标快照")))
object_kinds.add(ObjectKind("indicator_release", _("指标发布"), lambda pk: f"/indicators/released/{pk}/"))
object_kinds.add(ObjectKind("indicators", _("监测指标"), lambda key: f"/indicators/{key}/" if key else "/indicators/"))
