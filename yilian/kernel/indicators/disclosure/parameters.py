"""How small a number may be that leaves a consortium; nobody prescribes it: 待本地核定."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("指标对外发布")
SMALLEST_COUNT = parameters.add(
    Parameter(
        "indicators.smallest_count", _("对外发布的最小计数"), 10, "1", minimum=3, maximum=1000, group=GROUP,
        help=_("小于此数（零除外）的计数可能指向具体的人，不离开医联体；指标自己声明了的，从其声明。"),
    )
)  # fmt: skip
SMALLEST_WHOLE = parameters.add(
    Parameter(
        "indicators.smallest_whole", _("对外发布的最小分母"), 10, "1", minimum=3, maximum=1000, group=GROUP,
        help=_("分母小于此数的比率不离开医联体，其分子也不发布。"),
    )
)  # fmt: skip
