"""The parts that institutions play in founding and dissolving a consortium: the same four."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.flow import Side

OF_A_CONSORTIUM = (
    Side("lead", 1, _("牵头单位")),
    Side("authority", 2, _("主管部门")),
    Side("member", 3, _("成员单位")),
    Side("overseer", 4, _("上级卫生健康行政部门"), is_oversight=True),
)
