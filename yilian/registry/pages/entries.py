"""The menu entries of the registry."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.pages.menu import Entry, add
from yilian.registry.accounts.keeping import keeps_accounts
from yilian.registry.pages.imports import importable
from yilian.registry.pages.patients import READERS

GROUP, SETTINGS = _("基础登记"), _("系统设置")

add(Entry("patients", _("患者"), "/patients/", "users", GROUP, 10, roles=READERS, on_phone=True))
add(Entry("institutions", _("机构"), "/institutions/", "building-hospital", GROUP, 20))
add(Entry("regions", _("行政区划"), "/regions/", "map-2", GROUP, 22))
add(Entry("codes", _("编码体系"), "/codes/", "list-details", GROUP, 24))
add(Entry("imports", _("导入"), "/imports/", "file-import", GROUP, 30, shown=lambda actor: bool(importable(actor))))
add(Entry("people", _("账号与岗位"), "/people/", "user-cog", SETTINGS, 20, shown=keeps_accounts))
