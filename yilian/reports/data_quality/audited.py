"""The page's word for the access record."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import ObjectKind, object_kinds

object_kinds.add(ObjectKind("data_quality", _("数据质量"), lambda key: "/data-quality/"))
