"""The cockpit's word for the access record."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import ObjectKind, object_kinds

object_kinds.add(ObjectKind("cockpit", _("运行大屏"), lambda key: "/cockpit/"))
