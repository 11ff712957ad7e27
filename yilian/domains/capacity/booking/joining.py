"""What booking adds to a referral: a place while it is accepted or arranged, and none after it has ended.

A case that is over gives its place back by a trigger, whichever step ended it (migration 0008).
"""

from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.booking import rules
from yilian.domains.capacity.booking.card import booking_card
from yilian.domains.capacity.booking.lookup import KEY
from yilian.domains.capacity.booking.reserving import book, free, note_delay
from yilian.domains.capacity.models import Cause, DelayKind
from yilian.kernel.workflow.additions import Addition, additions
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.moment import Moment

TO = "referral"
PLACE = Ask(
    "place", _("床位或号源"), "pick", source=KEY, required=False,
    help=_("选中即为该患者预留；转诊结束或改派时自动释放。"),
)  # fmt: skip
DEFERRED = Ask("deferred_until", _("暂无位置，预计可安排的日期"), "date", required=False)
CAUSE = Ask("delay_cause", _("改期由谁引起"), "choice", choices=tuple(Cause.choices), required=False,
            help=_("患者原因的延误不计入等候时间。"))  # fmt: skip
WHY = Ask("delay_reason", _("改期说明"), max_length=200, required=False)
FREE_AND_OPEN = (rules.place_is_still_to_come, rules.place_is_not_kept_for_others)


def reserve(moment: Moment) -> None:
    """Book what was chosen, or note until when the patient is put off."""
    if place := moment.answers.get("place"):
        book(moment.case, place, by=moment.actor)
    elif day := moment.answers.get("deferred_until"):
        note_delay(
            moment.case, DelayKind.DEFERRED, by=moment.actor, at=moment.at, cause=Cause.INSTITUTION, until_on=day
        )


def move(moment: Moment) -> None:
    """Book anew, and note through whom the time has changed."""
    reserve(moment)
    if cause := moment.answers.get("delay_cause"):
        reason = moment.answers.get("delay_reason") or ""
        note_delay(moment.case, DelayKind.MOVED, by=moment.actor, at=moment.at, cause=cause, reason=reason)


def give_back(moment: Moment) -> None:
    free(moment.case, moment.step.verb)


def miss(moment: Moment) -> None:
    """The patient did not come: the place is free again, and the delay is the patient's."""
    give_back(moment)
    reason = moment.answers.label("no_show_reason")
    note_delay(moment.case, DelayKind.NO_SHOW, by=moment.actor, at=moment.at, cause=Cause.PATIENT, reason=reason)


for _addition in (
    Addition(TO, ("accept",), (PLACE, DEFERRED),
             (*FREE_AND_OPEN, rules.deferral_lies_ahead, rules.place_or_deferral), (reserve,)),
    Addition(TO, ("schedule", "propose_time"), (PLACE,), FREE_AND_OPEN, (reserve,)),
    Addition(TO, ("reschedule",), (PLACE, CAUSE, WHY), FREE_AND_OPEN, (move,)),
    Addition(TO, ("rebook",), (CAUSE, WHY), then=(move,)),
    Addition(TO, ("report_no_show",), then=(miss,)),
    Addition(TO, ("decline", "redirect", "reroute", "redirect_outside", "refer_onward", "hold", "refuse_time"),
             then=(give_back,)),
    Addition(TO, panels=(Panel("booking", _("床位与号源"), "capacity/card_booking.html", booking_card, aside=True),)),
):  # fmt: skip
    additions.add(_addition)
