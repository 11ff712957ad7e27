"""The network that `bench.network` measures: members with services and beds, in-patients, a long file, open slots.

Imported only once Django is set up.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench.lookalikes import population
from yilian.domains.capacity.board.reporting import Said, add_resource, report
from yilian.domains.capacity.booking.opening import Span, open_slots
from yilian.domains.capacity.directory.writing import offer_service
from yilian.domains.inpatient.models import FitSpan, Mark, Stay
from yilian.domains.records.issuing import Facts, issue_record
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case, take
from yilian.registry.departments import register_department
from yilian.registry.models import Code, Consortium, Department, Institution, Membership, Region
from yilian.registry.patients import register_patients

SINCE = date(2020, 1, 1)
SUBJECTS = ("02", "03", "03.04", "04", "21")
DIAGNOSIS = ("I10", "高血压3级")
BEDS = 4
AT_ONCE = 1000
"""Rows in one statement: it takes 65,535 values at most."""


@dataclass(frozen=True)
class Size:
    """How many members, in-patients, documents of one patient, referrals that want a slot, and slots."""

    members: int
    stays: int
    documents: int
    wanting: int
    slots: int


@dataclass
class Network:
    """Who asks, and about what."""

    doctor: Any
    desk: Any
    user: Any
    patient: UUID
    referrals: list[UUID]
    slots: list[int]


def build(size: Size, seed: int) -> Network:
    """Bring the network into an empty database, in the rights of the application where people would write it."""
    chance = Random(seed)  # noqa: S311 - repeatable on purpose
    city = Region.objects.create(code="420100", name="江城市", level=2)
    homes = [
        Region.objects.create(code=f"4201{number:02}", name=f"第{number}区", level=3, parent=city)
        for number in range(1, 16)
    ]
    places = [
        Institution.objects.create(
            name=f"第{number}医院", grade=9 if number == 0 else 4, region=homes[number % len(homes)],
            latitude=30 + chance.random(), longitude=114 + chance.random(),
        )
        for number in range(size.members)
    ]  # fmt: skip
    group = Consortium.objects.create(name="江城市医疗集团", kind="city_group", lead=places[0], founded_on=SINCE)
    for number, place in enumerate(places):
        role = "lead" if number == 0 else "member"
        Membership.objects.create(consortium=group, institution=place, role=role, since_on=SINCE)
    users = []
    for role, place in (("doctor", places[0]), ("reception", places[0]), ("doctor", places[1])):
        user = User.objects.create(username=f"bench{len(users)}", full_name="医师")
        Post.objects.create(user=user, institution=place, role=role, since_on=SINCE)
        users.append(user)
    doctor, desk, sender = (actor_for(user) for user in users)
    for place in places:
        _furnish(place, chance)
    people = _people(size.stays, doctor, homes, chance)
    for first in range(0, len(people), AT_ONCE):
        _stays(people[first : first + AT_ONCE], first, doctor, places, chance)
    _documents(people[0], doctor, size.documents)
    referrals, slots = _wanting(size, sender, desk)
    return Network(doctor, desk, users[0], people[0].pk, referrals, slots)


def _furnish(place: Any, chance: Random) -> None:
    """Let a member offer a service of each subject in all directions, and report the beds of each ward."""
    by = system_actor("演示数据", place.pk, place.name)
    with scope(by):
        for number, code in enumerate(SUBJECTS):
            subject = Code.objects.get(system="specialty", code=code)
            ward = register_department(by=by, institution=place, name=subject.name, subject=code)
            offer_service(
                by=by, name=f"{subject.name}接续治疗", department=ward, subject=subject,
                directions=["up", "down", "lateral"], age_until=chance.choice((None, None, 14)),
            )  # fmt: skip
            if number < BEDS:
                resource = add_resource(by=by, kind="bed", name="普通床", department=ward)
                report(resource, Said(chance.randrange(6), 40, clock.now()), by=by, source="api")


def _people(count: int, by: Any, homes: list[Any], chance: Random) -> list[Any]:
    found = []
    records = population(count, seed=1)
    for first in range(0, count, 500):
        people = [
            {"name": one.name, "sex": one.sex, "birth_on": one.birth_on, "region": chance.choice(homes)}
            for one in records[first : first + 500]
        ]
        with scope(by):
            found += register_patients(people, by=by)
    return found


def _stays(people: list[Any], first: int, by: Any, places: list[Any], chance: Random) -> None:
    """Put everybody into a bed, each held fit for some days: what reports and doctors would have written."""
    today, now = clock.today(), clock.now()
    with scope(by):
        wards = list(Department.objects.filter(institution_id=by.institution_id))
        stays = Stay.objects.bulk_create(
            Stay(
                institution_id=by.institution_id, admission_number=f"ZY{number:06}", patient=person,
                department=chance.choice(wards), bed=str(number), diagnosis=DIAGNOSIS[0], diagnosis_name=DIAGNOSIS[1],
                admitted_on=today - timedelta(days=20), fit_since=today - timedelta(days=chance.randrange(1, 15)),
                family_institution=chance.choice((None, None, chance.choice(places))), source="api",
                reporter_name=by.name, reported_at=now,
            )
            for number, person in enumerate(people, first)
        )  # fmt: skip
        FitSpan.objects.bulk_create(
            FitSpan(stay=stay, institution_id=by.institution_id, since_on=stay.fit_since) for stay in stays
        )
        Mark.objects.bulk_create(
            Mark(stay=stay, indication_id=1, condition="急性期治疗后病情稳定", is_met=True, source="doctor",
                 said_name=by.name, said_at=now)
            for stay in stays
        )  # fmt: skip


def _documents(person: Any, by: Any, count: int) -> None:
    with scope(by):
        for number in range(count):
            at = clock.now() - timedelta(days=count - number)
            facts = Facts("laboratory", f"检验报告{number}", by.name, at, {"tests": "血钾 4.1 mmol/L"})
            issue_record(facts, patient_id=person.pk, by=by)


def _wanting(size: Size, sender: Any, desk: Any) -> tuple[list[UUID], list[int]]:
    """Send referrals to the hospital, and open fewer slots than they want."""
    start = (clock.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    with scope(desk):
        clinic = add_resource(by=desk, kind="clinic", name="转诊号")
        span = Span(start, start + size.slots * timedelta(minutes=10), 10)
        slots = [slot.pk for slot in open_slots(clinic, "上午", span, by=desk)]
    keys = []
    with scope(sender):
        names = population(size.wanting, seed=2)
        people = register_patients([{"name": one.name, "birth_on": date(1970, 1, 1)} for one in names], by=sender)
        for person in people:
            case = open_case("referral", by=sender, answers=_form(person, desk, sender))
            keys.append(take(case, "send", by=sender).pk)
    return keys, slots


def _form(person: Any, desk: Any, sender: Any) -> dict[str, Any]:
    return {
        "patient": person.pk, "direction": "up", "priority": "3", "destination": "network",
        "receiver": desk.institution_id, "up_reason": "unclear_diagnosis", "diagnosis": DIAGNOSIS[0],
        "impression": DIAGNOSIS[1], "present_history": "头晕三天", "treatment": "已予降压", "consent_choice": "agree",
        "consent_by": person.name, "consent_relation": "0", "consent_told_by": sender.name,
        "consent_told_at": clock.now(), "contact_phone": "0999-1234567", "transport": "own",
    }  # fmt: skip
