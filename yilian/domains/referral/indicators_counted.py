"""The numbers of referrals that a formula can say, month by month over years; counted in the month of sending."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S2, S4

BOTH_WAYS = S4.article("7.3.2")
GREEN_CHANNEL = S4.article("3.2.5")
CONTINUOUS = S2.article("1.1")
UP, DOWN = 'direction == "up"', 'direction == "down"'
COOPERATION = ("s3-cooperation",)


def sent(part: str, whole: str = "") -> Formula:
    """Return a formula over referrals at the institution that sent them."""
    return Formula("referral", "sender", part, whole)


def got(part: str, whole: str = "") -> Formula:
    """Return a formula over referrals at the institution they were last sent to."""
    return Formula("referral", "receiver", part, whole)


counted(
    "referral.sent", _("转出人次"), _("人次"), "none", BOTH_WAYS, sent("count()"),
    part_says=_("期内发出的转诊"), frames=COOPERATION,
)  # fmt: skip
counted(
    "referral.sent_up", _("上转人次"), _("人次"), "none", CONTINUOUS, sent(f"count(where={UP})"),
    part_says=_("期内发出的上转"), frames=COOPERATION,
)  # fmt: skip
counted(
    "referral.sent_down", _("下转人次"), _("人次"), "up", CONTINUOUS, sent(f"count(where={DOWN})"),
    part_says=_("期内发出的下转"), frames=COOPERATION,
)  # fmt: skip
counted(
    "referral.got", _("转入人次"), _("人次"), "none", BOTH_WAYS, got("count()"),
    part_says=_("期内发来的转诊"), frames=COOPERATION,
)  # fmt: skip
counted(
    "referral.patients", _("转诊患者数"), _("人"), "none", BOTH_WAYS, sent("distinct(patient)"),
    part_says=_("期内转出的不同患者，同一人只计一次"), help=_("人数不能按月或按机构相加，每个范围分别计数"),
)  # fmt: skip
counted(
    "referral.up_share", _("上转占比"), "%", "none", CONTINUOUS, sent(f"count(where={UP})", "count()"),
    part_says=_("上转"), whole_says=_("期内转出的全部转诊"), frames=COOPERATION,
)  # fmt: skip
counted(
    "referral.lead_down_share", _("牵头单位下转占比"), "%", "up", CONTINUOUS,
    sent(f"count(where={DOWN} and sender.is_lead)", "count(where=sender.is_lead)"),
    part_says=_("牵头单位发出的下转"), whole_says=_("牵头单位发出的全部转诊"), frames=(*COOPERATION, "s3-mechanism"),
)  # fmt: skip
counted(
    "referral.down_to_primary", _("下转到基层占比"), "%", "up", CONTINUOUS,
    sent(f"count(where={DOWN} and receiver.is_primary)", f"count(where={DOWN})"),
    part_says=_("转入方为基层医疗卫生机构的下转"), whole_says=_("期内发出的下转"), frames=COOPERATION,
)  # fmt: skip
counted(
    "referral.returned_share", _("回转占比"), "%", "up", CONTINUOUS,
    sent(f"count(where={DOWN} and is_return)", f"count(where={DOWN})"),
    part_says=_("由上转单转回的下转"), whole_says=_("期内发出的下转"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "referral.in_time_share", _("转诊按期答复占比"), "%", "up", GREEN_CHANNEL,
    got("count(where=answered_at <= answer_due_at)", "count(where=is_known(answer_due_at) and is_known(answered_at))"),
    part_says=_("不晚于答复期限的"), whole_says=_("期内发来、定有期限且已答复的转诊"),
    help=_("还没有答复的不计；含逾期未答复的见“转诊按时答复率”"),
)  # fmt: skip
counted(
    "referral.arrived_share", _("转诊到诊率"), "%", "up", GREEN_CHANNEL,
    got("count(where=is_known(accepted_at) and is_known(arrived_at))", "count(where=is_known(accepted_at))"),
    part_says=_("患者已到诊的"), whole_says=_("期内发来且已接收的转诊"), help=_("近期接收的可能尚未到诊"),
)  # fmt: skip
counted(
    "referral.refused_share", _("曾被拒收的转诊占比"), "%", "down", BOTH_WAYS,
    sent("count(where=refusals >= 1)", "count()"),
    part_says=_("曾被任一机构拒收的"), whole_says=_("期内发出的转诊"),
)  # fmt: skip
counted(
    "referral.outside_share", _("转往平台外占比"), "%", "down", BOTH_WAYS,
    sent('count(where=destination == "outside")', "count()"),
    part_says=_("转往平台外机构的"), whole_says=_("期内发出的转诊"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "referral.urgent_share", _("加急转诊占比"), "%", "none", GREEN_CHANNEL,
    sent("count(where=urgency <= 2)", "count()"),
    part_says=_("危急和加急的"), whole_says=_("期内发出的转诊"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "referral.followed_in_time", _("随访及时率"), "%", "up", GREEN_CHANNEL,
    Formula("followup", "performer", "count(where=done_on <= due_on)", 'count(where=state != "cancelled")'),
    part_says=_("不晚于应随访日期的"), whole_says=_("应随访日期在期内且未取消的任务"),
    help=_("期末尚未到日期的任务也在分母中"), certainty=Certainty.LOCAL,
)  # fmt: skip
