"""How members vote, meet and are seated; what no source document says awaits local confirmation."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.registry.regulations import S3

GROUP = _("议事与决议")

VOTING_DAYS = parameters.add(
    Parameter(
        "governance.voting_days", _("议案表决期限"), 7, "d", minimum=1, maximum=365, group=GROUP,
        help=_("自提交表决起算；到期由系统计票。已提交表决的议案按提交之日的规定计票。"),
    )
).key  # fmt: skip
QUORUM = parameters.add(
    Parameter(
        "governance.quorum", _("表决有效的最低参与比例"), Decimal(50), "%", minimum=0, maximum=100, group=GROUP,
        help=_("赞成、反对、弃权的票数合计占应表决票数的比例，达到即有效；回避和已退出的单位不计入应表决票数。"),
    )
).key  # fmt: skip
MAJORITY = parameters.add(
    Parameter(
        "governance.majority", _("通过所需的赞成比例"), Decimal(50), "%", minimum=0, maximum=99, group=GROUP,
        help=_("赞成票占赞成与反对票合计的比例，须超过此数；弃权票不计入。"),
    )
).key  # fmt: skip
MEETING_QUORUM = parameters.add(
    Parameter(
        "governance.meeting_quorum", _("会议有效的最低到会比例"), Decimal(50), "%", minimum=0, maximum=100, group=GROUP,
        help=_("签到单位占应到单位的比例，达到即可召开；开会时已退出医联体的单位不计入应到。"),
    )
).key  # fmt: skip
HOLDING_DAYS = parameters.add(
    Parameter("governance.holding_days", _("开会时间过后登记召开的期限"), 1, "d", minimum=0, maximum=365, group=GROUP)
).key
MINUTES_DAYS = parameters.add(
    Parameter("governance.minutes_days", _("会后定稿纪要的期限"), 7, "d", minimum=0, maximum=365, group=GROUP)
).key
TASK_DAYS = parameters.add(
    Parameter("governance.task_days", _("决议事项期限过后多久算逾期"), 1, "d", minimum=1, maximum=365, group=GROUP)
).key
TERM_YEARS = parameters.add(
    Parameter("governance.term_years", _("理事会每届任期"), 4, "a", cite=S3.article("11"), minimum=1, maximum=20,
              group=GROUP, help=_("其他机构的席位可另行填写任期止；不填则不设任期。"))
).key  # fmt: skip
OPINION_DAYS = parameters.add(
    Parameter("governance.opinion_days", _("答复意见与建议的期限"), 15, "d", minimum=1, maximum=365, group=GROUP)
).key
OPINION_REST = parameters.add(
    Parameter("governance.opinion_rest_days", _("意见答复后多久自动了结"), 30, "d", minimum=1, maximum=365, group=GROUP)
).key
MONTHS = {"": 0, "month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""Months between two meetings, by the rhythm that a consortium settles."""
_RHYTHMS = (
    ("", _("不另作要求")), ("month", _("每月一次")), ("quarter", _("每季度一次")), ("half-year", _("每半年一次")),
    ("year", _("每年一次")),
)  # fmt: skip


def _every(form: str, title: object) -> str:
    return parameters.add(
        Parameter(f"governance.{form}_every", title, "", "", choices=_RHYTHMS, group=GROUP,
                  help=_("用于年度会议计划；制度规定的次数不因此减少。"))
    ).key  # fmt: skip


EVERY = {
    "joint": _every("joint", _("联席会议多久召开一次")),
    "council": _every("council", _("理事会会议多久召开一次")),
    "group": _every("group", _("工作组会议多久召开一次")),
}
"""The parameter of the rhythm of each kind of meeting."""
CODE_MINUTES = parameters.add(
    Parameter("governance.code_minutes", _("会议签到码的有效时间"), 10, "min", minimum=1, maximum=240, group=GROUP)
).key
CODE_ONLY = parameters.add(
    Parameter(
        "governance.code_only", _("受邀单位只能扫码签到"), False, "1", group=GROUP,
        help=_("开启后，受邀单位须在会场扫描召集单位出示的签到码；召集单位自己签到不受限。"),
    )
).key  # fmt: skip
