"""What institutions of the demo city have agreed: one agreement in force and checked, one expiring, one negotiated."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from yilian.config.demo.acting import taken
from yilian.config.demo.consortia import CITY_GROUP, NORTH, Founder
from yilian.domains.agreement.models import Clause
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Consortium

TRAINEES = ((150, 2, "内科进修医师"), (60, 1, "超声科进修医师"))


def bring_agreements(founder: Founder, today: date) -> None:
    """Let the city group's lead agree with two members, and the county's lead with a township."""
    lead, donghu, xiling = founder.at("first"), founder.at("donghu"), founder.at("xiling")
    group = Consortium.objects.get(name=CITY_GROUP)
    with _at(today - timedelta(days=200)):
        row = _drafted(lead, group, donghu, "东湖区协作协议", "group", today - timedelta(days=200), 730)
        row = _signed(row, lead, donghu)
    with scope(lead):
        place = Clause.objects.get(case=row.pk, source="training").position
    for days, amount, what in TRAINEES:
        with _at(today - timedelta(days=days)):
            row = taken(row, "record", lead, place=place, done_on=clock.today(), amount=amount, what=what)
    with _at(today - timedelta(days=3)):
        _negotiated(_drafted(lead, group, xiling, "西陵区双向转诊协议", "referral", today, 365), lead, xiling)
    county, township = founder.at("beiling"), founder.at("shiqiao")
    north = Consortium.objects.get(name=NORTH)
    with _at(today - timedelta(days=330)):
        row = _drafted(county, north, township, "石桥双向转诊协议", "referral", today - timedelta(days=330), 365)
        row = _signed(row, county, township)
    with scope(county):
        take(row, "warn", by=system_actor("时钟", county.institution_id, county.institution_name))


def _drafted(by: Actor, group: Consortium, other: Actor, subject: str, template: str, begins: date, days: int) -> Case:
    answers = {
        "subject": subject, "consortium": group.pk, "partners": [other.institution_id], "template": template,
        "purpose": "分级诊疗，上下联动。", "begins_on": begins, "ends_on": begins + timedelta(days=days - 1),
    }  # fmt: skip
    with scope(by):
        return take(open_case("agreement", by=by, answers=answers), "propose", by=by)


def _signed(row: Case, *parties: Actor) -> Case:
    drafter, *others = parties
    for actor in others:
        row = taken(row, "approve", actor)
    row = taken(row, "finalise", drafter)
    for actor in parties:
        row = taken(row, "sign", actor, manner="typed", signer=actor.name, position="院长")
    return row


def _negotiated(row: Case, *parties: Actor) -> None:
    """Let the partner ask for more time to answer, and the drafter meet it half-way."""
    for actor, hours in zip(reversed(parties), (48, 36), strict=True):
        with scope(actor):
            clause = Clause.objects.get(case=row.pk, source="answer")
        terms = json.dumps({**clause.terms, "hours": hours})
        row = taken(row, "revise", actor, clause=clause.pk, read=clause.round, clause_title=clause.title,
                    clause_text=clause.text, terms=terms)  # fmt: skip


def _at(day: date) -> Any:
    """Stand at nine o'clock of a day."""
    return clock.standing_at(timezone.make_aware(datetime.combine(day, time(9))))
