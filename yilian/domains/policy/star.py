"""What documents give to count: every edition that came out, in the month of its issue or revision."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.policy.models import Audience, Matter, PolicyState
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of

POLICY = facts.add(
    Fact(
        "policy", _("制度文件"), (
            Column("state", Kind.CODE, _("状态"), choices=words_of(PolicyState)),
            Column("matter", Kind.CODE, _("对应事项"), choices=words_of(Matter)),
            Column("audience", Kind.CODE, _("查阅范围"), choices=words_of(Audience)),
            Column("edition", Kind.INT, _("版次")),
            Column("came_out_on", Kind.DATE, _("发行或修订日期")),
            Column("review_on", Kind.DATE, _("应复审日期")),
        ),
        {"owner": _("发布单位")}, view="fact_policy", opens="/policy/{}/".format,
        help=_("已发行的制度文件，每一版为一行，按发行或修订的月份计入"),
    )
)  # fmt: skip
