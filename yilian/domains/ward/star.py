"""What shared wards give to count: joint rounds, in the month for which they were planned."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.ward.vocabulary import RoundState, Way
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of

ROUND = facts.add(
    Fact(
        "ward_round", _("联合查房"), (
            Column("state", Kind.CODE, _("状态"), choices=words_of(RoundState)),
            Column("way", Kind.CODE, _("方式"), choices=words_of(Way)),
            Column("planned_at", Kind.MOMENT, _("约定时间")),
            Column("held_at", Kind.MOMENT, _("查房时间")),
            Column("written_at", Kind.MOMENT, _("小结时间")),
        ),
        {"host": _("病房所在机构"), "visitor": _("共管机构")}, view="fact_ward_round", opens="/wardround/{}/".format,
        help=_("按约定时间的月份计入；取消的不计"),
    )
)  # fmt: skip
