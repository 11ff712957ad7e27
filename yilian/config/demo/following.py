"""Follow-ups of the demo that came to their end: patients who were sent down months ago and have been seen since."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from yilian.config.demo.acting import taken
from yilian.config.demo.playing import Stage
from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.referral.models.followup import FollowUpState
from yilian.domains.referral.vocabulary import State
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope

OLD = timedelta(days=90)
"""Those who were sent down later are still followed up."""
MOST = 24
SEEN = {"way": "home", "control": "good", "result": "病情平稳，按医嘱服药，继续社区管理。"}
ENDED = {"treatment_given": "按下转方案继续用药并随访，指标稳定。", "outcome": "improved"}


def bring_followups(stage: Stage) -> None:
    """Record the follow-ups of returns that lie back long enough, each on its day, and end the returns."""
    left = MOST
    for person in stage.people.values():
        with scope(person):
            rows = Referral.objects.filter(receiver_id=person.institution_id, state=State.IN_FOLLOWUP)
            found = list(rows.filter(since__lt=stage.now - OLD).order_by("pk")[:left])
        for referral in found:
            _end(referral, person, stage)
        left -= len(found)


def _end(referral: Referral, by: Actor, stage: Stage) -> None:
    last = referral.since
    with scope(by):
        tasks = list(FollowUp.objects.filter(down_referral=referral, state=FollowUpState.PLANNED))
    for task in tasks:
        day = task.due_on or clock.local(referral.since).date()
        last = max(last, min(timezone.make_aware(datetime.combine(day, time(10))), stage.now))
        with clock.standing_at(last):
            taken(task, "finish", by, done_on=clock.today(), **SEEN)
    with clock.standing_at(min(last + timedelta(days=3), stage.now)):
        taken(referral, "finish_followup", by, **ENDED)
