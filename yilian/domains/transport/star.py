"""What transports give to count: journeys that left, in the month of departure."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.transport.vocabulary import EncounterClass, EscortedBy, Mode, State
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of

JOURNEY = facts.add(
    Fact(
        "transport", _("转运"), (
            Column("state", Kind.CODE, _("状态"), choices=words_of(State)),
            Column("is_emergency", Kind.BOOL, _("急诊绿色通道")),
            Column("mode", Kind.CODE, _("转运方式"), choices=words_of(Mode)),
            Column("escorted_by", Kind.CODE, _("护送方"), choices=words_of(EscortedBy)),
            Column("patient", Kind.IDENTITY, _("患者")),
            Column("encounter_class", Kind.CODE, _("就诊类别"), choices=words_of(EncounterClass)),
            Column("departed_at", Kind.MOMENT, _("出发时间")),
            Column("expected_arrival", Kind.MOMENT, _("预计到达")),
            Column("arrived_at", Kind.MOMENT, _("到达时间")),
            Column("signed_at", Kind.MOMENT, _("签收时间")),
        ),
        {"sender": _("转出方"), "receiver": _("转入方")}, view="fact_transport", opens="/transport/{}/".format,
        help=_("已出发的转运单，按出发的月份计入"),
    )
)  # fmt: skip
