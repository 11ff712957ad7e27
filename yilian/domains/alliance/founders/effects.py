"""What asking and answering leave behind: who sits on which side, and what each founding member has said."""

from yilian.domains.alliance.admission.confirming import confirm
from yilian.domains.alliance.founders.answers import Founded, agreed, founders_of, institutions, with_answer
from yilian.kernel import clock
from yilian.kernel.rules.reasons import reason
from yilian.kernel.workflow.moment import Moment
from yilian.kernel.workflow.parties import join, leave

ASKED, MEMBER = "candidate", "member"


def ask_founders(moment: Moment) -> None:
    """Ask every founding member that has not agreed, those that declined before included."""
    case: Founded = moment.case
    listed = set(founders_of(case))
    kept = [answer for answer in case.responses if answer["agreed"] and answer["institution"] in listed]
    moment.set(responses=kept)
    _seat(case)


def note_agreement(moment: Moment) -> None:
    """Note that the actor's institution takes part."""
    _note(moment, {"agreed": True})


def note_refusal(moment: Moment) -> None:
    """Note that the actor's institution does not take part, and why."""
    row = reason("alliance.stay_out", moment.answers.get("stay_out_reason"))
    _note(moment, {"agreed": False, "reason": row.label if row else "", "note": moment.note})


def confirm_founders(moment: Moment) -> None:
    """Record the actor's word on conditions of founding members."""
    confirm(moment, institutions(moment.answers.get("institutions")))


def _note(moment: Moment, said: dict[str, object]) -> None:
    who = {"institution": moment.actor.institution_id, "by": moment.actor.name, "on": clock.today().isoformat()}
    moment.set(responses=with_answer(moment.case, who | said))
    _seat(moment.case)


def _seat(case: Founded) -> None:
    """Let every founding member play its side: asked, or member once it has agreed; who is listed no more leaves."""
    willing = agreed(case)
    wanted = {one: MEMBER if one in willing else ASKED for one in founders_of(case)}
    rows = [(row.institution_id, case.case_type.side_of_code(row.side).key) for row in case.taking_part()]
    for one, side in wanted.items():
        if (one, side) not in rows:
            join(case, one, side)
    for one, side in rows:  # afterwards: who sits on no side writes nothing more
        if side in (ASKED, MEMBER) and wanted.get(one) != side:
            leave(case, one, side)
