"""Brings the nouns of the demo city into the registry, through the registry's own writers."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from yilian.config.demo.layout import Layout
from yilian.config.demo.people import (
    ACCOUNTS,
    PASSWORD,
    TITLES,
    Account,
    birthday,
    invented_name,
    resident_number,
    unified_code,
)
from yilian.config.demo.places import KINDS, REGIONS, WARDS, Place
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.models import Post, User
from yilian.registry.accounts.writing import initials_of
from yilian.registry.departments import register_department
from yilian.registry.institutions import register_institution
from yilian.registry.models import Department, Institution, Region
from yilian.registry.patients import register_patients
from yilian.registry.practitioners import register_practitioner
from yilian.registry.regions import register_region

SINCE, ENTERED = date(2018, 1, 1), date(2022, 1, 4)
HOMES = {"township": 5, "town": 6, "community": 6, "medium": 3}
PARENT, CHILD = "5", 14
"""Kinds of places where patients are registered first, and how often."""


def bring_places(by: Actor, wanted: Sequence[Place], today: date) -> dict[str, Institution]:
    """Register regions, institutions and departments; return the institutions by their demo key."""
    for code, name, population, latitude, longitude in REGIONS:
        register_region(
            by=by,
            code=code,
            name=name,
            population=population,
            latitude=Decimal(str(latitude)),
            longitude=Decimal(str(longitude)),
        )
    return {place.key: _bring(place, serial, by, today) for serial, place in enumerate(wanted, start=1)}


def _bring(place: Place, serial: int, by: Actor, today: date) -> Institution:
    facts = {"ownership": "public", "founded_on": date(1985, 5, 12), **KINDS[place.kind], **place.facts}
    codes = str(facts.pop("subjects", "")).split()
    if not facts.get("is_authority"):
        facts |= dict.fromkeys(
            ("has_outpatient", "has_inpatient", "has_medical_office", "has_nursing_office",
             "has_infection_office", "has_pharmacy_office"), True,
        )  # fmt: skip
    if facts["founded_on"] is None:
        facts["founded_on"] = today.replace(day=1, year=today.year - 1)
    region = Region.objects.get(pk=place.region)
    entered_on = max(ENTERED, facts["founded_on"])
    with clock.standing_at(timezone.make_aware(datetime.combine(entered_on, time(9)))):
        institution = register_institution(
            by=by, subjects=codes, name=place.name, region=region, grade=place.grade, beds=place.beds,
            unified_code=unified_code(place.region, serial), licensed_on=facts["founded_on"],
            licence_number=None if place.kind == "authority" else f"PDY{serial:06d}{place.region[:6]}11A1001",
            latitude=region.latitude, longitude=region.longitude, phone=f"0000-{2000000 + serial}", **facts,
        )  # fmt: skip
    for code in codes:
        if code in WARDS:
            register_department(by=by, institution=institution, name=WARDS[code], subject=code)
    return institution


def bring_staff(by: Actor, places: dict[str, Institution], layout: Layout, chance: Random) -> None:
    """Create the named accounts and staff for every place, each a practitioner with one post."""
    password = make_password(PASSWORD)
    for account in ACCOUNTS:
        _hire(account, places[account.place], password, chance, by)
    clinical = [place for place in layout.places if place.kind != "authority"]
    weights = [place.grade or 1 for place in clinical]
    for place in layout.places:
        if place.kind == "authority" and place.key != "city_office":
            official = Account(f"{place.key}", place.key, ("authority",), invented_name(chance), "")
            _hire(official, places[place.key], password, chance, by)
    for number in range(len(ACCOUNTS) + 4, layout.staff + 1):
        place = (
            clinical[number % len(clinical)]
            if number <= len(ACCOUNTS) + 3 + 2 * len(clinical)
            else chance.choices(clinical, weights)[0]
        )
        role = ("reception", "office") if number - len(ACCOUNTS) - 3 <= len(clinical) else ("doctor",)
        account = Account(f"staff{number:03d}", place.key, role, invented_name(chance), "")
        _hire(account, places[place.key], password, chance, by)


def _hire(account: Account, place: Institution, password: str, chance: Random, by: Actor) -> None:
    initials = initials_of(account.full_name)
    user = User.objects.create(
        username=account.username, full_name=account.full_name, initials=initials, password=password
    )
    for role in account.roles:
        Post.objects.create(user=user, institution=place, role=role, since_on=SINCE)
    if "doctor" not in account.roles:
        return
    title, rank = chance.choice(TITLES)
    department = chance.choice(list(Department.objects.filter(institution=place).select_related("subject")))
    register_practitioner(
        by=by, institution=place, department=department, user=user, name=account.full_name, title=title, rank=rank,
        subject=department.subject.code if department.subject else "", profession="clinical",
        licence_code=f"1104299{user.pk:08d}", licensed_on=SINCE,
    )  # fmt: skip


def bring_patients(
    places: dict[str, Institution], wanted: Sequence[Place], count: int, chance: Random, today: date
) -> dict[str, list[UUID]]:
    """Register patients at the places near their homes; return their keys by demo place."""
    homes = [place for place in wanted if place.kind in HOMES]
    weights = [HOMES[place.kind] for place in homes]
    people: dict[str, list[dict[str, object]]] = {place.key: [] for place in homes}
    for serial in range(count):
        key = chance.choices(homes, weights)[0].key
        people[key].append(_person(places[key], chance, today, serial))
    return {key: [patient.pk for patient in register_patients(own, by=_clerk(places[key]))]
            for key, own in people.items()}  # fmt: skip


def _person(home: Institution, chance: Random, today: date, serial: int) -> dict[str, object]:
    birth_on, sex = birthday(chance, today), chance.choice("12")
    guardian = _guardian(chance) if today.year - birth_on.year <= CHILD else {}
    return {
        "identity_number": resident_number(chance, birth_on, sex, serial), "name": invented_name(chance),
        "phone": f"1{chance.choice('3578')}{chance.randrange(10**9):09d}", "region": home.region,
        "address": f"{home.region.name}{chance.randrange(1, 99)}号", "ethnicity": "01",
        "insurance": chance.choice("12"), **guardian,
    }  # fmt: skip


def _clerk(home: Institution) -> Actor:
    return system_actor("演示数据", home.pk, home.name)


def _guardian(chance: Random) -> dict[str, str]:
    return {"guardian_name": invented_name(chance), "guardian_relation": PARENT}
