"""The cards of a motion: its ballots and what they add up to, and the change that it makes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models import Ballot, Ballots, Choice, Matter, Motion, MotionState, Outcome, Seat
from yilian.domains.governance.motion.electorate import poll, recounted
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.models import ParameterValue
from yilian.kernel.rules.parameter import BadValueError, Parameter, parameters
from yilian.kernel.rules.values import setting_of, value_of
from yilian.kernel.workflow.case_type import Panel
from yilian.registry.models import Institution

TONES = {Choice.FOR: "success", Choice.AGAINST: "danger", Choice.ABSTAIN: "default", Choice.RECUSE: "violet"}
OUTCOMES = {Outcome.PASSED: "success", Outcome.REJECTED: "danger", Outcome.NO_QUORUM: "warning"}


def ballots(motion: Motion, actor: Actor) -> dict[str, Any] | None:
    """Return the ballots, who has not voted and who has left, with the numbers as they stand or were counted.

    How many voted which way in a secret ballot is shown once it is counted, how somebody voted never.
    """
    if motion.state == MotionState.DRAFT:
        return None
    rows = list(motion.ballots.select_related("institution", "seat__institution").order_by("cast_at", "pk"))
    is_secret = motion.voting == Ballots.SECRET
    if not motion.tally and motion.state != MotionState.VOTING:
        return {"cast": [_line(one) for one in rows], "is_withdrawn": True, "is_secret": is_secret}
    found = _counted(motion) if motion.tally else _standing(motion)
    gone, gone_seats = found.pop("out")
    counting = [one for one in rows if one.institution_id not in gone and (one.seat_id or 0) not in gone_seats]
    return found | {
        "cast": [_line(one) for one in counting],
        "gone": _names(gone) + _seat_names(gone_seats),
        "outcome": Outcome(motion.outcome).label if motion.outcome else "",
        "tone": OUTCOMES.get(motion.outcome, "default"),
        "until": motion.due if motion.open else None,
        "is_secret": is_secret,
        "way": motion.get_voting_display(),
        "voted": len(rows),
    }


def _counted(motion: Motion) -> dict[str, Any]:
    kept = motion.tally
    return {
        "tally": recounted(motion),
        "missing": _who(kept["missing_institutions"], kept.get("missing_seats", [])),
        "out": (kept["gone_institutions"], kept.get("gone_seats", [])),
    }


def _standing(motion: Motion) -> dict[str, Any]:
    now = poll(motion)
    return {
        "tally": None if motion.voting == Ballots.SECRET else now.tally,
        "missing": _who(now.missing, now.missing_seats),
        "out": (now.gone, now.gone_seats),
    }


def _who(institutions: Any, seats: Any) -> list[str]:
    """Return the names of the seats, or where none vote those of the institutions."""
    return _seat_names(seats) if seats else _names(institutions)


def _seat_names(keys: Any) -> list[str]:
    return [str(seat) for seat in Seat.objects.select_related("institution").filter(pk__in=keys).order_by("pk")]


def _line(ballot: Ballot) -> dict[str, Any]:
    who = ballot.seat or ballot.institution
    if not ballot.choice:
        return {"ballot": ballot, "who": who, "choice": _("已投票"), "tone": "default"}
    return {"ballot": ballot, "who": who, "choice": ballot.get_choice_display(), "tone": TONES[Choice(ballot.choice)]}


def _names(keys: Any) -> list[str]:
    return list(Institution.objects.filter(pk__in=keys).order_by("pk").values_list("name", flat=True))


def change(motion: Motion, actor: Actor) -> dict[str, Any] | None:
    """Return the parameter, its value before and after, and whether and since when the change is in force."""
    parameter = parameters.get(motion.parameter) if motion.matter == Matter.PARAMETER else None
    if parameter is None:
        return None
    row = ParameterValue.objects.filter(case_id=motion.pk).first()
    in_force = setting_of(parameter.key, consortium_id=motion.consortium_id)
    return {
        "parameter": parameter,
        "value": _shown(parameter, motion.value),
        "present": in_force.shown,
        "row": row,
        "is_to_come": row is not None and row.effective_from > clock.today(),
        "is_in_force": row is not None and in_force.row == row,
        "elsewhere": parameter.shown(value_of(parameter.key)),
    }


def _shown(parameter: Parameter, text: str) -> str:
    try:
        return parameter.shown(parameter.read(text))
    except BadValueError:
        return text


BALLOTS = Panel("ballots", _("表决情况"), "governance/ballots.html", ballots)
CHANGE = Panel("change", _("对参数的修改"), "governance/change.html", change)
