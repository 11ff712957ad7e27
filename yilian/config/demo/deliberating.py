"""What the city group has deliberated: a joint meeting with its minutes, a resolution to come, a vote under way."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import CITY_GROUP, Founder
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case
from yilian.registry.consortia import members_of
from yilian.registry.models import Consortium

AGENDA = [
    {"item": "上年度双向转诊情况通报", "speaker": "医联体办公室"},
    {"item": "缩短普通转诊答复时限", "speaker": "医务部"},
]
SHORTER = {
    "subject": "普通转诊三十六小时内答复", "text": "成员单位之间的普通转诊，接收方应在三十六小时内答复。",
    "basis": "成员单位意见汇总", "matter": "parameter", "parameter": "referral.answer_hours", "value": "36",
}  # fmt: skip
QUALITY = {
    "subject": "设立医疗质量工作组", "text": "由各成员单位质控部门各派一人，按季度碰头。", "matter": "ordinary",
}  # fmt: skip
MET_DAYS_AGO, PUT_DAYS_AGO, TASK_DAYS = 20, 2, 10


def bring_deliberation(founder: Founder, today: date) -> None:
    """Let the city group meet, resolve on a limit from next month on, and vote on a second motion."""
    group = Consortium.objects.get(name=CITY_GROUP)
    lead = founder.office[group.lead_id]
    places = [row.institution_id for row in members_of(group.pk, today)]
    members = [founder.office[place] for place in places if place in founder.office]
    meeting = _met(group, lead, members, today)
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    with _at(today - timedelta(days=MET_DAYS_AGO), 9):
        task = {"what": "印发转诊答复细则", "doer": group.lead_id, "until_on": today + timedelta(days=TASK_DAYS)}
        motion = _put(group, lead, **SHORTER, effective_on=next_month, sitting=meeting.pk, tasks=[task])
    with _at(today - timedelta(days=MET_DAYS_AGO), 15):
        motion = _voted(motion, members)
        taken(motion, "count", lead)
        _hold(meeting, lead, members)
    with _at(today - timedelta(days=PUT_DAYS_AGO), 10):
        _voted(_put(group, lead, **QUALITY), members[: len(members) // 2])


def _met(group: Consortium, lead: Actor, members: Iterable[Actor], today: date) -> Case:
    """Call a joint meeting; everybody but one says who comes."""
    starts = timezone.make_aware(datetime.combine(today - timedelta(days=MET_DAYS_AGO), time(14)))
    with _at(today - timedelta(days=MET_DAYS_AGO + 7), 9):
        case = opened(
            "meeting", lead, consortium=group.pk, form="joint", subject="年度联席会议", starts_at=starts,
            place="门诊楼三层会议室", agenda=AGENDA,
        )  # fmt: skip
        case = taken(case, "call", lead)
        for actor in [one for one in members if one is not lead][1:]:
            case = taken(case, "reply", actor, reply="attend", person=actor.name)
    return case


def _hold(meeting: Case, lead: Actor, members: list[Actor]) -> None:
    for actor in [one for one in members if one is lead] + [one for one in members if one is not lead][1:]:
        meeting = taken(meeting, "sign_in", actor, signed_by=actor.name)
    taken(meeting, "hold", lead)


def _put(group: Consortium, lead: Actor, **answers: Any) -> Case:
    return taken(opened("motion", lead, consortium=group.pk, **answers), "put", lead)


def _voted(motion: Case, members: Iterable[Actor]) -> Case:
    for actor in members:
        motion = taken(motion, "vote", actor, ballot="for")
    return motion


def _at(day: date, hour: int) -> Any:
    """Stand at an hour of a day."""
    return clock.standing_at(timezone.make_aware(datetime.combine(day, time(hour))))
