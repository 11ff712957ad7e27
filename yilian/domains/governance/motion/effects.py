"""What follows when a ballot is cast and when the ballots are counted."""

from collections.abc import Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models import Ballot, Ballots, Choice, Matter, Motion, Outcome, Seat
from yilian.domains.governance.motion import box
from yilian.domains.governance.motion.electorate import (
    SEATED,
    VOTED,
    VOTER,
    caster,
    entitled,
    poll,
    seats_to_vote,
    still_to_vote,
    weight_of,
)
from yilian.kernel import clock
from yilian.kernel.audit import record
from yilian.kernel.notices.telling import tell
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow.moment import Moment
from yilian.kernel.workflow.parties import join, leave

TELLERS = ("office", "director", "secretary")


def electorate(motion: Motion, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return who votes: every member of the consortium on the day the motion is put, or those with seats in its body.

    Members without a seat read what their consortium's body decides, unless it is confidential.
    """
    members = members_today(motion.consortium_id)
    if motion.body_id is None:
        return {VOTER: members}
    casting = {caster(seat, motion.lead_id) for seat in entitled(motion)}
    others = [] if motion.is_confidential else [one for one in members if one not in casting]
    return {SEATED: [one for one in members if one in casting], VOTED: others}


def note_day(moment: Moment) -> None:
    """Note the day on which the motion was put: what was in force then decides how it is counted."""
    moment.set(put_on=clock.today())


def conceal(moment: Moment) -> None:
    """Put a secret vote into the box before the step is written down, so that no row says how somebody voted."""
    choice = moment.answers.get("ballot")
    if moment.case.voting == Ballots.SECRET and choice != Choice.RECUSE:
        box.put_in(moment.case, choice)
        del moment.answers.given["ballot"]


def cast(moment: Moment) -> None:
    """Keep the ballot and let its institution change sides; when it was the last one, tell the lead."""
    motion, place = moment.case, moment.actor.institution_id
    choice, key = moment.answers.get("ballot") or "", moment.answers.get("seat")
    seat = Seat.objects.filter(pk=key).first() if key else None
    Ballot.objects.create(
        case=motion,
        institution_id=place,
        seat=seat,
        weight=weight_of(motion, seat),
        choice=choice,
        reason=moment.answers.get("recusal") or "" if choice == Choice.RECUSE else "",
        cast_at=moment.at,
        cast_by_id=moment.actor.user_id,
        cast_by_name=moment.actor.name,
    )
    if seat is None or not seats_to_vote(motion, place):
        join(motion, place, VOTED)
        leave(motion, place, VOTER if seat is None else SEATED)
    if not still_to_vote(motion):
        text = format_lazy(_("{number} 的表决单位已全部表决，可以计票"), number=motion.number)
        tell(motion, motion.lead_id, TELLERS, text, by=moment.actor)


def count(moment: Moment) -> None:
    """Keep the numbers and the outcome."""
    found = poll(moment.case, is_closed=True)
    moment.set(outcome=found.tally.outcome, tally=found.kept())


def carry_out(moment: Moment) -> None:
    """Let a passed motion about a parameter set it: the resolution is the change."""
    motion: Motion = moment.case
    if motion.outcome != Outcome.PASSED or motion.matter != Matter.PARAMETER:
        return
    row = set_value(
        motion.parameter,
        motion.value,
        by=moment.actor,
        effective_from=max(motion.effective_on or clock.today(), clock.today()),
        ground=f"决议 {motion.number}《{motion.subject}》",
        consortium_id=motion.consortium_id,
        case_id=motion.pk,
    )
    detail = {"key": row.key, "value": row.value, "scope": "consortium"}
    record(moment.actor, "changed", object_kind="parameter", object_id=row.pk, ground=row.ground, detail=detail)
