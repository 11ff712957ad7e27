"""What referrals give to count: referrals that were sent, refusals, follow-ups, and green channels with their times."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.green.presets import POINTS
from yilian.domains.referral.models.followup import Control, FollowUpState, Way
from yilian.domains.referral.vocabulary import (
    Destination,
    Direction,
    EmergencyKind,
    EncounterClass,
    Outcome,
    Priority,
    State,
    Transport,
)
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of

SIDES = {"sender": _("转出方"), "receiver": _("转入方")}


def address_of_refused(row_key: str) -> str:
    """Return where the referral of a refusal is shown; its key is that of the case and of who refused."""
    return f"/referral/{row_key.partition(':')[0]}/"


REFERRAL = facts.add(
    Fact(
        "referral", _("转诊"), (
            Column("direction", Kind.CODE, _("转诊方向"), choices=words_of(Direction)),
            Column("state", Kind.CODE, _("状态"), choices=words_of(State)),
            Column("is_open", Kind.BOOL, _("未办结")),
            Column("urgency", Kind.INT, _("紧急程度"), choices=words_of(Priority)),
            Column("is_emergency", Kind.BOOL, _("急诊绿色通道")),
            Column("emergency_kind", Kind.CODE, _("绿色通道病种"), choices=words_of(EmergencyKind)),
            Column("destination", Kind.CODE, _("去向"), choices=words_of(Destination)),
            Column("is_inside_consortium", Kind.BOOL, _("医联体内"), help=_("双方同属一个医联体")),
            Column("is_return", Kind.BOOL, _("由上转单转回")),
            Column("patient", Kind.IDENTITY, _("患者")),
            Column("subject", Kind.CODE, _("转入科室的诊疗科目")),
            Column("diagnosis", Kind.CODE, _("诊断（ICD-10）")),
            Column("reason", Kind.CODE, _("转诊原因"), help=_("上转或下转的原因代码")),
            Column("transport", Kind.CODE, _("转运方式"), choices=words_of(Transport)),
            Column("encounter_class", Kind.CODE, _("到诊就诊类别"), choices=words_of(EncounterClass)),
            Column("outcome", Kind.CODE, _("转归"), choices=words_of(Outcome)),
            Column("refusals", Kind.INT, _("被拒收次数")),
            Column("sent_at", Kind.MOMENT, _("发出时间"), help=_("最近一次发出")),
            Column("answer_due_at", Kind.MOMENT, _("答复期限")),
            Column("received_at", Kind.MOMENT, _("签收时间")),
            Column("answered_at", Kind.MOMENT, _("答复时间")),
            Column("accepted_at", Kind.MOMENT, _("接收时间")),
            Column("appointment_start", Kind.MOMENT, _("预约开始")),
            Column("appointment_end", Kind.MOMENT, _("预约结束")),
            Column("arrived_at", Kind.MOMENT, _("到诊时间")),
            Column("feedback_at", Kind.MOMENT, _("反馈时间")),
            Column("consent_due_at", Kind.MOMENT, _("知情同意补签期限")),
            Column("consent_signed_at", Kind.MOMENT, _("知情同意签署时间")),
            Column("consent_refused_at", Kind.MOMENT, _("拒绝签署时间")),
        ),
        SIDES, view="fact_referral", opens="/referral/{}/".format,
        help=_("已发出的转诊单，按最近一次发出的月份计入；草稿和误录不计"),
    )
)  # fmt: skip

REFUSAL = facts.add(
    Fact(
        "refusal", _("拒收"), (
            Column("direction", Kind.CODE, _("转诊方向"), choices=words_of(Direction)),
            Column("is_emergency", Kind.BOOL, _("急诊绿色通道")),
            Column("urgency", Kind.INT, _("紧急程度"), choices=words_of(Priority)),
            Column("case", Kind.IDENTITY, _("转诊单")),
        ),
        {"refuser": _("拒收方"), "sender": _("转出方")}, view="fact_refusal", opens=address_of_refused,
        help=_("一家机构拒收一张转诊单为一行，无论其后转往何处"),
    )
)  # fmt: skip

FOLLOW_UP = facts.add(
    Fact(
        "followup", _("随访任务"), (
            Column("state", Kind.CODE, _("状态"), choices=words_of(FollowUpState)),
            Column("due_on", Kind.DATE, _("应随访日期")),
            Column("done_on", Kind.DATE, _("随访日期")),
            Column("way", Kind.CODE, _("随访方式"), choices=words_of(Way)),
            Column("control", Kind.CODE, _("病情"), choices=words_of(Control)),
            Column("patient", Kind.IDENTITY, _("患者")),
        ),
        {"performer": _("随访机构")}, view="fact_followup", opens="/followup/{}/".format,
        help=_("按应随访日期的月份计入"),
    )
)  # fmt: skip

GREEN_CHANNEL = facts.add(
    Fact(
        "green_channel", _("绿色通道"), (
            Column("kind", Kind.CODE, _("病种"), choices=words_of(EmergencyKind)),
            Column("outcome", Kind.CODE, _("转归"), choices=words_of(Outcome)),
            Column("patient", Kind.IDENTITY, _("患者")),
            *(Column(f"{key}_at", Kind.MOMENT, point.title) for key, point in POINTS.items()),
        ),
        SIDES, view="fact_green_channel", opens="/referral/{}/".format,
        help=_("已发出的绿色通道转诊及其时间节点，按最近一次发出的月份计入；没有登记的节点为空"),
    )
)  # fmt: skip
