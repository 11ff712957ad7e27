"""Joint rounds month by month, at the institution that comes to hold them."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.registry.regulations import S4

counted(
    "ward.visits", _("到成员单位联合查房次数"), _("次"), "up", S4.article("3.2.5"),
    Formula("ward_round", "visitor", "count(where=is_known(held_at))"),
    part_says=_("期内约定、已进行的联合查房，计在前往的机构"), frames=("s3-radiation",),
)  # fmt: skip
