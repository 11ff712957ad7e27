"""Shared wards of the demo: one in force with a round written, one missed and one to come, and one proposed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from yilian.config.demo.playing import Stage
from yilian.domains.ward.models import WardNote, WardRound
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Patient, Practitioner

HOST = "shiqiao"
MONTHS = timedelta(days=180)
SEEN: dict[str, Any] = {"findings": "切口愈合良好，关节活动度改善。", "orders": "继续康复训练，两周后复查。"}


def bring_wards(stage: Stage, desks: Mapping[int, Actor]) -> None:
    """Let a township share a ward with hospitals above it; a very small city may have none of them."""
    keys = [key for key in dict.fromkeys((HOST, *stage.upward.get(HOST, ()))) if key in stage.places]
    places = [stage.places[key].pk for key in keys]
    if len(places) < 3 or not all(place in desks and place in stage.people for place in places[:3]):
        return
    host, first, second = places[:3]
    with clock.standing_at(stage.now - timedelta(days=20)):
        ward = _propose(desks[host], first, "康复延伸病房", "1床 2床 3床 4床")
        head = _head(desks[first])
        with scope(desks[first]):
            take(ward, "agree", by=desks[first], visitor_head=head)
    _rounds(stage, ward, stage.person(host), stage.person(first))
    with clock.standing_at(stage.now - timedelta(days=2)):
        _propose(desks[host], second, "卒中恢复延伸病房", "5床 6床")


def _propose(desk: Actor, visitor_id: int, name: str, beds: str) -> Case:
    today = clock.today()
    answers = {"visitor": visitor_id, "name": name, "beds": beds, "host_head": _head(desk), "rounds_a_month": 4,
               "duties": "所在机构负责日常诊疗与护理，共管机构定期查房、指导治疗方案。", "since_on": today,
               "until_on": today + MONTHS}  # fmt: skip
    with scope(desk):
        return take(open_case("sharedward", by=desk, answers=answers), "propose", by=desk)


def _head(desk: Actor) -> int | None:
    rows = Practitioner.objects.filter(institution_id=desk.institution_id, ended_on__isnull=True)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def _rounds(stage: Stage, ward: Case, host: Actor, visitor: Actor) -> None:
    held = _plan(ward, host, _afternoon(stage.now, -10), "术后康复")
    note = _list(held, host, "1床")
    with clock.standing_at(stage.now - timedelta(days=9)), scope(visitor):
        take(held, "hold", by=visitor, attendees="共管科室主任、病房医师、护士长")
        take(note, "record", by=visitor, **SEEN)
        take(held, "write", by=visitor, summary="查房一名患者，恢复良好；加强早期活动。")
    missed = _plan(ward, host, _afternoon(stage.now, -4), "卒中后康复")
    ticking = system_actor("时钟", host.institution_id)
    with clock.standing_at(stage.now - timedelta(days=3)), scope(ticking):
        take(missed, "miss", by=ticking)
    ahead = _plan(ward, host, _afternoon(stage.now, 2), "术后康复与用药")
    _list(ahead, host, "2床")
    with scope(visitor):
        take(ahead, "call", by=visitor, leader=_head(visitor), attendees="共管科室主任")


def _afternoon(now: datetime, days: int) -> datetime:
    return clock.local(now + timedelta(days=days)).replace(hour=15, minute=0, second=0, microsecond=0)


def _plan(ward: Case, host: Actor, at: datetime, topics: str) -> WardRound:
    with clock.standing_at(min(clock.now(), at - timedelta(days=1))), scope(host):
        take(ward, "plan_round", by=host, planned_at=at, way="on_site", topics=topics)
        return WardRound.objects.filter(ward_case=ward.pk).latest("pk")


def _list(ward_round: WardRound, host: Actor, bed: str) -> WardNote:
    with clock.standing_at(min(clock.now(), ward_round.since)), scope(host):
        known: Any = Patient.objects.filter(is_deceased=False, merged_into__isnull=True).order_by("pk")
        listed = WardNote.objects.values("about")
        patient = known.exclude(pk__in=listed).first()
        take(ward_round, "list_patient", by=host, inpatient=patient.pk, bed=bed)
        return WardNote.objects.get(round_case=ward_round.pk)
