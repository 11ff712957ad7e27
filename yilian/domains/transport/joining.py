"""What a transport adds to a referral: the step that arranges it, its card, and each following the other.

Named by key only (docs/adr/0007). A referral without a transport is asked nothing (`TRAVELS`).
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from yilian.domains.transport import actions, asks, rules
from yilian.domains.transport.flow import PLAN
from yilian.domains.transport.panels import journeys_card
from yilian.domains.transport.vocabulary import TRAVELS
from yilian.kernel.workflow.additions import Addition, additions
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.flow import STAY, Party, Step
from yilian.kernel.workflow.moment import Moment
from yilian.registry.regulations import S4

TO = "referral"
BEFORE_ARRIVAL = ("submitted", "received", "awaiting_information", "accepted", "time_proposed", "scheduled")
GOES_ANOTHER_WAY = (
    "withdraw", "withdraw_on_refusal", "mark_error", "hold", "decline", "redirect", "reroute", "redirect_outside",
    "refer_onward", "report_no_show", "fail", "close", "expire", "lapse",
)  # fmt: skip
AWAY_FROM_THE_ROAD = ("withdraw", "withdraw_on_refusal", "mark_error", "hold", "report_no_show")


def arrange(moment: Moment) -> None:
    """Open the transport, and mark the referral so that what hangs on it is looked for."""
    actions.arrange(moment.case, moment.answers.values(), by=moment.actor)
    moment.set(flags=moment.case.flags | TRAVELS)


def follow_arrival(moment: Moment) -> None:
    actions.follow_arrival(moment.case)


def follow_change(moment: Moment) -> None:
    actions.follow_change(moment.case)


ARRANGING = Step(
    "arrange_transport", _("安排转运"), BEFORE_ARRIVAL, STAY, Party("sender", "doctor", "reception"),
    asks=(replace(asks.MODE, name="transport", stands=True), *asks.ARRANGEMENT),
    needs=(rules.receiver_has_accepted, rules.no_journey_is_open, *PLAN), then=(arrange,), duty=False, tell=(),
    cite=S4.article("3.2.6"), help=_("生成转运单：由谁护送、何时出发、预计何时到达。"),
)  # fmt: skip

for _addition in (
    Addition(TO, steps=(ARRANGING,)),
    Addition(TO, AWAY_FROM_THE_ROAD, needs=(rules.nobody_is_on_the_road,)),
    Addition(TO, GOES_ANOTHER_WAY, then=(follow_change,)),
    Addition(TO, ("arrive", "admit_emergency"), then=(follow_arrival,)),
    Addition(TO, panels=(Panel("journeys", _("转运"), "transport/card_journeys.html", journeys_card),)),
):
    additions.add(_addition)
