"""The numbers of referrals. A referral counts at the institution it was last sent to, in the period of that sending."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.grounds import CONSENT
from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.referral.models.followup import FollowUpState
from yilian.domains.referral.models.referral import ReferralQuerySet
from yilian.domains.referral.vocabulary import Direction, State
from yilian.kernel import clock
from yilian.kernel.indicators.hours import Hours, MeanHours, span
from yilian.kernel.indicators.indicator import Amount, Extent, Share, indicator
from yilian.registry.regulations import S2, S4

GREEN_CHANNEL = S4.article("3.2.5")
BOTH_WAYS = S4.article("7.3.2")
NOT_ATTENDED = (State.NO_SHOW, State.UNATTENDED, State.LAPSED)


def sent(extent: Extent, side: str) -> ReferralQuerySet:
    """Return the referrals sent in the period, of the institution on this side and of the consortium."""
    rows = Referral.objects.sent().exclude(state=State.ENTERED_IN_ERROR)
    return extent.narrow(rows.filter(_in_period("sent_at", extent)), f"{side}_id")


def _in_period(column: str, extent: Extent) -> Q:
    return Q(**{f"{column}__gte": extent.period.start_at, f"{column}__lt": extent.period.end_at})


def _first_answers(extent: Extent, aggregate: type[Hours | MeanHours]) -> Amount:
    rows = sent(extent, "receiver").filter(answered_at__isnull=False)
    return Amount(rows, of=aggregate(span("sent_at", "answered_at")))


@indicator(
    "referral.answered_in_time", _("转诊按时答复率"), "%", "up", GREEN_CHANNEL,
    part_says=_("在答复期限内接收或拒收的"), whole_says=_("期内发来、已答复或期限已过的转诊"),
    inside=("receiver_department", "sent_at"),
)  # fmt: skip
def answered_in_time(extent: Extent) -> Share:
    """Referrals answered by the receiver before their time was over, of those answered or overdue."""
    whole = sent(extent, "receiver").filter(Q(answered_at__isnull=False) | Q(answer_due_at__lt=clock.now()))
    return Share(part=whole.filter(answered_at__lte=F("answer_due_at")), whole=whole)


@indicator(
    "referral.accepted", _("转诊接收率"), "%", "up", BOTH_WAYS,
    part_says=_("已接收的"), whole_says=_("期内发来且已答复的转诊"),
    inside=("receiver_department", "sent_at"),
)  # fmt: skip
def accepted(extent: Extent) -> Share:
    """Referrals that the receiver accepted, of those it answered."""
    whole = sent(extent, "receiver").filter(answered_at__isnull=False)
    return Share(part=whole.filter(accepted_at__isnull=False), whole=whole)


@indicator(
    "referral.declined", _("拒收转诊数"), _("件"), "down", BOTH_WAYS, part_says=_("曾被该机构拒收的转诊"),
)  # fmt: skip
def declined(extent: Extent) -> Amount:
    """Referrals opened in the period that the institution refused, wherever they went afterwards."""
    rows = Referral.objects.filter(_in_period("sent_at", extent))
    if extent.consortium_id is not None:
        rows = rows.filter(consortium_id=extent.consortium_id)
    if extent.institution_id is None:
        return Amount(rows.filter(refused_by__len__gt=0))
    return Amount(rows.filter(refused_by__contains=[extent.institution_id]))


@indicator(
    "referral.answer_hours", _("平均答复时长"), _("小时"), "down", GREEN_CHANNEL, part_says=_("期内发来且已答复的转诊")
)
def answer_hours(extent: Extent) -> Amount:
    """Mean hours from sending to the first answer of the receiver."""
    return _first_answers(extent, MeanHours)


@indicator(
    "referral.answer_hours_median", _("答复时长中位数"), _("小时"), "down", GREEN_CHANNEL,
    part_says=_("期内发来且已答复的转诊"),
)  # fmt: skip
def answer_hours_median(extent: Extent) -> Amount:
    """Median hours from sending to the first answer of the receiver."""
    return _first_answers(extent, Hours)


@indicator(
    "referral.down_share", _("下转占比"), "%", "up", S2.article("1.1"),
    part_says=_("下转"), whole_says=_("期内转出的全部转诊"),
    inside=("sender_department", "sent_at"),
)  # fmt: skip
def down_share(extent: Extent) -> Share:
    """Referrals down, of all referrals that the institution sent."""
    whole = sent(extent, "sender")
    return Share(part=whole.filter(direction=Direction.DOWN), whole=whole)


@indicator(
    "referral.inside_consortium", _("医联体内转诊占比"), "%", "up", BOTH_WAYS,
    part_says=_("转往同一医联体机构的"), whole_says=_("期内转出的全部转诊"),
)  # fmt: skip
def inside_consortium(extent: Extent) -> Share:
    """Referrals to a member of a shared consortium, of all referrals that the institution sent."""
    whole = sent(extent, "sender")
    return Share(part=whole.filter(consortium_id__isnull=False), whole=whole)


@indicator(
    "referral.feedback_written", _("转诊反馈率"), "%", "up", GREEN_CHANNEL,
    part_says=_("已写反馈的"), whole_says=_("期内到诊且已结束诊疗的转诊"),
    inside=("receiver_department", "arrived_at"),
)  # fmt: skip
def feedback_written(extent: Extent) -> Share:
    """Referrals whose feedback is written, of those that arrived in the period and are over or wait only for it."""
    arrived = Referral.objects.filter(_in_period("arrived_at", extent))
    whole = extent.narrow(arrived, "receiver_id").filter(
        Q(state=State.AWAITING_FEEDBACK) | Q(feedback_at__isnull=False)
    )
    return Share(part=whole.filter(feedback_at__isnull=False), whole=whole)


@indicator(
    "referral.no_show", _("转诊爽约率"), "%", "down", GREEN_CHANNEL,
    part_says=_("预约后未到诊的"), whole_says=_("期内预约时间已过的转诊"),
    inside=("receiver_department", "appointment_end"),
)  # fmt: skip
def no_show(extent: Extent) -> Share:
    """Referrals whose patient did not come, of those with an appointment that has passed."""
    booked = Referral.objects.filter(_in_period("appointment_end", extent), appointment_end__lt=clock.now())
    whole = extent.narrow(booked, "receiver_id")
    return Share(part=whole.filter(state__in=NOT_ATTENDED), whole=whole)


@indicator(
    "referral.consent_in_time", _("急诊补签及时率"), "%", "up", CONSENT,
    part_says=_("期限内补签的"), whole_says=_("期内先发出后补签、已补签或期限已过的转诊，患者拒绝的除外"),
)  # fmt: skip
def consent_in_time(extent: Extent) -> Share:
    """Emergencies whose consent was signed before its time was over, of those signed or overdue.

    Who refused has answered: the sender asked, and nothing is signed, so it counts neither way.
    """
    refused = Q(consent_refused_at__isnull=False, consent_signed_at__isnull=True)
    owed = sent(extent, "sender").filter(consent_due_at__isnull=False).exclude(refused)
    whole = owed.filter(Q(consent_signed_at__isnull=False) | Q(consent_due_at__lt=clock.now()))
    return Share(part=whole.filter(consent_signed_at__lte=F("consent_due_at")), whole=whole)


@indicator(
    "referral.followed_up", _("下转随访完成率"), "%", "up", GREEN_CHANNEL,
    part_says=_("已随访的"), whole_says=_("期内应随访、日期已到且未取消的任务"),
)  # fmt: skip
def followed_up(extent: Extent) -> Share:
    """Follow-up tasks done, of those due in the period that were not cancelled."""
    due = FollowUp.objects.filter(
        due_on__gte=extent.period.first, due_on__lte=min(extent.period.last, clock.today())
    ).exclude(state=FollowUpState.CANCELLED)
    whole = extent.narrow(due, "performer_id")
    return Share(part=whole.filter(state=FollowUpState.DONE), whole=whole)
