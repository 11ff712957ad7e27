"""When notices stay in the house, and how often one may urge; nobody prescribes these numbers: 待本地核定."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("消息与催办")
QUIET_FROM = parameters.add(
    Parameter(
        "notices.quiet_from",
        _("免打扰开始（几点）"),
        22,
        _("点"),
        help=_("此后不再外发电子邮件、短信和群消息，到免打扰结束时补发；危急事项照发。站内消息不受影响。"),
        minimum=0,
        maximum=23,
        group=GROUP,
    )
)
QUIET_UNTIL = parameters.add(
    Parameter(
        "notices.quiet_until",
        _("免打扰结束（几点）"),
        7,
        _("点"),
        help=_("与开始时间相同表示不设免打扰。"),
        minimum=0,
        maximum=23,
        group=GROUP,
    )
)
URGE_EVERY = parameters.add(
    Parameter(
        "notices.urge_minutes",
        _("两次催办至少间隔"),
        30,
        "min",
        help=_("同一机构对同一事项催办后，须过此时间才能再催。"),
        minimum=1,
        maximum=1440,
        group=GROUP,
    )
)
URGE_ESCALATE = parameters.add(
    Parameter(
        "notices.urge_escalate_minutes",
        _("催办后多久上报"),
        120,
        "min",
        help=_("催办满此时间事项仍无变化的，告知被催机构负责人。0 表示不上报。对整个系统生效。"),
        minimum=0,
        maximum=10080,
        group=GROUP,
    )
)
