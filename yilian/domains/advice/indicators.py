"""The numbers of questions to specialists. A question counts at the institution asked, in the period it was asked."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yilian.domains.advice.models import Advice, AdviceState
from yilian.kernel import clock
from yilian.kernel.indicators.hours import Hours, span
from yilian.kernel.indicators.indicator import Amount, Extent, Share, indicator
from yilian.registry.regulations import S4

TECHNICAL, INFORMATION = S4.article("3.2.2"), S4.article("3.2.4")
SPARED = (AdviceState.ADVISED, AdviceState.CLOSED)


def asked(extent: Extent) -> QuerySet[Advice]:
    """Return the questions asked in the period, those taken back left out, of the institution and consortium."""
    rows = Advice.objects.filter(asked_at__gte=extent.period.start_at, asked_at__lt=extent.period.end_at)
    rows = rows.exclude(state=AdviceState.WITHDRAWN)
    return extent.narrow(rows, "adviser_id")


@indicator(
    "advice.answered_in_time", _("专家咨询按时答复率"), "%", "up", TECHNICAL,
    part_says=_("在答复期限内首次答复的"), whole_says=_("期内发来、已答复或期限已过的咨询"),
    inside=("adviser_department", "asked_at"),
)  # fmt: skip
def answered_in_time(extent: Extent) -> Share:
    """Questions first answered before their time was over, of those answered or overdue."""
    whole = asked(extent).filter(Q(first_answered_at__isnull=False) | Q(answer_due_at__lt=clock.now()))
    return Share(part=whole.filter(first_answered_at__lte=F("answer_due_at")), whole=whole)


@indicator(
    "advice.answer_hours_median", _("专家咨询答复时长中位数"), _("小时"), "down", TECHNICAL,
    part_says=_("期内发来且已答复的咨询"),
)  # fmt: skip
def answer_hours_median(extent: Extent) -> Amount:
    """Median hours from the question to the first answer, to two decimals; unknown when nothing was answered."""
    rows = asked(extent).filter(first_answered_at__isnull=False)
    return Amount(rows, of=Hours(span("asked_at", "first_answered_at")))


@indicator(
    "advice.referral_spared", _("咨询后免转诊率"), "%", "up", INFORMATION,
    part_says=_("经指导在原机构继续诊治、未转为转诊单的"), whole_says=_("期内发来、已答复并已结束的咨询"),
    inside=("adviser_department", "asked_at"),
)  # fmt: skip
def referral_spared(extent: Extent) -> Share:
    """Answered questions that ended without a referral made from them, of those answered that have ended."""
    whole = asked(extent).filter(first_answered_at__isnull=False, open=False)
    return Share(part=whole.filter(state__in=SPARED), whole=whole)
