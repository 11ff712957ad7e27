"""Motions that decide about a case of another domain: drafted from what it asks; the step that follows the count."""

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.governance.bodies.seating import running, sitting
from yilian.domains.governance.models import Matter, Motion, MotionState, Outcome
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.registry.resolutions import Chamber, Change, Question, Sitting, matter_of, waiting

LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_BASIS, LONGEST_GROUND = 120, 8000, 2000, 200
DECIDED = {Outcome.PASSED: "passed", Outcome.REJECTED: "rejected"}


def sits(consortium_id: int, kinds: tuple[str, ...]) -> Sitting | None:
    """Return the first of these bodies that runs and has somebody in its seats."""
    today = clock.today()
    bodies = {body.kind: body for body in running(consortium_id, today) if body.kind in kinds}
    found = (bodies[kind] for kind in kinds if kind in bodies and sitting(bodies[kind].pk, today).exists())
    return next((Sitting(body.pk, body.kind, body.name) for body in found), None)


def under_way(case_id: UUID) -> str:
    """Return the number of the motion about a case that is drafted or voted on, or an empty string."""
    rows = Motion.objects.filter(about=case_id, state__in=(MotionState.DRAFT, MotionState.VOTING))
    return rows.values_list("number", flat=True).first() or ""


def draft(case: Case, question: Question, body: Sitting, by: Actor) -> Case:
    """Draft the motion and link it; the lead's people choose the meeting and the way of voting, and put it."""
    answers = {
        "consortium": case.consortium_id, "subject": question.subject[:LONGEST_SUBJECT],
        "text": question.text[:LONGEST_TEXT], "basis": question.basis[:LONGEST_BASIS], "body": body.body_id,
        "matter": Matter.CASE, "about": str(case.pk),
    }  # fmt: skip
    motion = open_case("motion", by=by, answers=answers)
    link(case, motion, "leads_to")
    return motion


def draft_change(change: Change, body: Sitting, by: Actor) -> Case:
    """Draft the motion about a parameter; nothing is put to the vote yet."""
    answers = {
        "consortium": change.consortium_id, "subject": change.subject[:LONGEST_SUBJECT],
        "text": change.text[:LONGEST_TEXT], "basis": change.basis[:LONGEST_BASIS], "body": body.body_id,
        "matter": Matter.PARAMETER, "parameter": change.parameter, "value": change.value,
        "effective_on": change.effective_on.isoformat(),
    }  # fmt: skip
    return open_case("motion", by=by, answers=answers)


CHAMBER = Chamber(sits, under_way, draft, draft_change)


def at_issue(motion: Motion) -> dict[str, object]:
    """Return who has no vote and whether others read the motion, as the case asks it while the motion is drafted."""
    if motion.state != MotionState.DRAFT:
        return {}
    case = waiting(motion.about) if motion.matter == Matter.CASE else None
    matter = matter_of(case) if case else None
    question = matter.ask(case) if matter else None
    return {
        "recused": sorted(question.recused) if question else [],
        "is_confidential": bool(question and question.is_confidential),
    }


def decide(moment: Moment) -> None:
    """Let a counted motion take the step of the case that waited for it, passed or rejected, in its transaction."""
    motion: Motion = moment.case
    if motion.matter != Matter.CASE or motion.outcome not in DECIDED:
        return
    with translation.override(settings.LANGUAGE_CODE):  # what is kept does not hang on who counted
        resolution, ground = system_actor(_("决议"), motion.lead_id, motion.lead.name), _ground(motion)
    with scope(resolution):
        case = waiting(motion.about)
        if case is None or (matter := matter_of(case)) is None:
            return
        verb = getattr(matter, DECIDED[Outcome(motion.outcome)])
        take(case, verb, by=resolution, decided_by=ground)


def _ground(motion: Motion) -> str:
    return _("{body}决议 {number}").format(body=motion.body or "", number=motion.number)[:LONGEST_GROUND]
