"""How long a referral rests at each hop: sent → seen → accepted → arrived → answered; and refusals by reason.

Medians and the time within which nine in ten were done, at the institution a referral was last sent to, in the period
in which the hop ended. A hop whose beginning is unknown does not count.
"""

from datetime import timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.models import Referral
from yilian.domains.referral.models.referral import ReferralQuerySet
from yilian.domains.referral.vocabulary import State
from yilian.kernel import clock
from yilian.kernel.indicators.hours import Hours, span
from yilian.kernel.indicators.indicator import Amount, Extent, Share, indicator
from yilian.kernel.registries.keys import bounds
from yilian.kernel.workflow.models import Happening
from yilian.registry.regulations import S4

GREEN_CHANNEL = S4.article("3.2.5")
ANSWERS = ("accept", "decline", "admit_emergency")
WRONG_SPECIALTY = "wrong_specialty"
LOOKED_BACK = timedelta(days=366)
NINTH = Decimal("0.9")
HOPS: tuple[tuple[str, str, str, str | Promise, str | Promise], ...] = (
    ("seen", "sent_at", "received_at", _("发出到签收时长中位数"), _("发出到签收时长（九成以内）")),
    ("accepted", "received_at", "accepted_at", _("签收到接收时长中位数"), _("签收到接收时长（九成以内）")),
    ("arrived", "accepted_at", "arrived_at", _("接收到到诊时长中位数"), _("接收到到诊时长（九成以内）")),
    ("answered", "arrived_at", "feedback_at", _("到诊到反馈时长中位数"), _("到诊到反馈时长（九成以内）")),
)
"""Each hop with the columns where it begins and ends, and what its two numbers are called."""


def hop(extent: Extent, begins: str, ends: str) -> ReferralQuerySet:
    """Return the referrals whose hop ended in the period, at their receiver."""
    done = Q(**{f"{ends}__gte": extent.period.start_at, f"{ends}__lt": extent.period.end_at})
    rows = Referral.objects.filter(done, **{f"{begins}__isnull": False, f"{ends}__gte": F(begins)})
    rows = rows.exclude(state=State.ENTERED_IN_ERROR)
    return extent.narrow(rows, "receiver_id")


def _declare(name: str, begins: str, ends: str, title: str | Promise, title_of_most: str | Promise) -> None:
    says = _("期内走完这一步的转诊")

    @indicator(f"referral.hours_to_{name}", title, _("小时"), "down", GREEN_CHANNEL, part_says=says)
    def half(extent: Extent) -> Amount:
        """Median hours of this hop."""
        return Amount(hop(extent, begins, ends), of=Hours(span(begins, ends)))

    @indicator(
        f"referral.hours_to_{name}_most", title_of_most, _("小时"), "down", GREEN_CHANNEL, part_says=says,
    )  # fmt: skip
    def most(extent: Extent) -> Amount:
        """Hours within which nine in ten have done this hop."""
        return Amount(hop(extent, begins, ends), of=Hours(span(begins, ends), NINTH))


for _hop in HOPS:
    _declare(*_hop)


def answers(extent: Extent, *verbs: str) -> QuerySet[Happening]:
    """Return the answers given in the period by the institution, as the history holds them.

    Nobody answers a referral opened longer than LOOKED_BACK before: so the history is read by the order of its cases.
    """
    period = extent.period
    oldest, youngest = bounds(period.start_at - LOOKED_BACK, period.end_at)
    rows = Happening.objects.filter(
        case__kind="referral", verb__in=verbs, at__gte=period.start_at, at__lt=period.end_at, case_id__gte=oldest,
        case_id__lt=youngest,
    )  # fmt: skip
    return extent.narrow(rows, "institution_id", consortium="case__consortium_id")


@indicator(
    "referral.wrong_department", _("转错科目率"), "%", "down", GREEN_CHANNEL,
    part_says=_("以“不属本机构诊疗科目”拒收的"), whole_says=_("期内给出的全部答复"),
)  # fmt: skip
def wrong_department(extent: Extent) -> Share:
    """Answers that refuse because the case is of a specialty the institution does not have, of all answers."""
    whole = answers(extent, *ANSWERS)
    return Share(whole.filter(verb="decline", answers__decline_reason__value=WRONG_SPECIALTY), whole)


@indicator(
    "referral.refusals", _("拒收次数"), _("次"), "down", GREEN_CHANNEL, part_says=_("期内作出的拒收，改转他处的也计"),
)  # fmt: skip
def refusals(extent: Extent) -> Amount:
    """Refusals of the period, wherever the referral went afterwards."""
    return Amount(answers(extent, "decline"))


@indicator(
    "referral.unanswered_late", _("逾期未答复"), _("件"), "down", GREEN_CHANNEL, part_says=_("此刻已过答复期限的转诊"),
    is_momentary=True,
)  # fmt: skip
def unanswered_late(extent: Extent) -> Amount:
    """Referrals that wait for an answer now, beyond their time, whenever they were sent."""
    waiting = (State.SUBMITTED, State.RECEIVED)
    rows = Referral.objects.filter(open=True, state__in=waiting, due__lt=clock.now())
    return Amount(extent.narrow(rows, "receiver_id"))
