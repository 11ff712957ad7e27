"""People of the loaded city with all they need to send requests: tokens, sessions, and rows of their own to ask for."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections
from django.test import Client as Visitor

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for, posts_of
from yilian.kernel.access.scope import scope
from yilian.kernel.api.tokens import issue
from yilian.kernel.sealing import unseal
from yilian.registry.patients.numbers import IDENTITY

SAMPLE, PATIENTS = 200, 600
DEEP = 0.9
"""How far down the list a deep page lies."""
BACKEND = "yilian.kernel.access.logins.PasswordBackend"
OWN_CASES = """select case_id from participation where institution_id = %s and prime and kind = 'referral'
  order by random() limit %s"""
OWN_COUNT = "select count(*) from participation where institution_id = %s and prime and kind = 'referral'"
DEEP_CASE = """select case_id from participation where institution_id = %s and prime and kind = 'referral'
  order by case_id desc offset %s limit 1"""
OWN_PATIENTS = """select p.id, p.name, i.value_sealed, p.birth_on < '2005-01-01' and p.guardian_name = ''
    and not p.is_deceased and not exists (select 1 from case_file c where c.patient_id = p.id and c.open)
  from (select patient_id from registry_patientkey where institution_id = %s and key = '' order by random() limit %s) k
  join registry_patient p on p.id = k.patient_id join registry_patientidentifier i on i.patient_id = p.id"""


@dataclass(frozen=True)
class Patient:
    """A patient an institution knows, with the number as a clerk would type it."""

    id: UUID
    name: str
    number: str
    is_free: bool
    """Alive, of age, and without an open case: somebody who can be referred."""


@dataclass
class Place:
    """An institution: how many referrals it has, some of them, one far down its list, and patients it knows."""

    id: int
    referrals: int
    cases: list[UUID]
    deep: UUID | None
    patients: list[Patient]


@dataclass
class Person:
    """Somebody who treats or receives patients, logged in for programs and for pages."""

    name: str
    username: str
    actor: Actor
    place: Place
    headers: dict[str, str] = field(default_factory=dict)
    page_headers: dict[str, str] = field(default_factory=dict)


def log_in_all(at_most: int = 1000) -> list[Person]:
    """Return doctors and referral offices of institutions that have referrals, so many of each at most."""
    places: dict[int, Place] = {}
    people: list[Person] = []
    for user in User.objects.order_by("pk"):
        actor = actor_for(user)
        if actor is None or not actor.may("doctor", "reception"):
            continue
        place = places.get(actor.institution_id) or _place(actor.institution_id)
        places[actor.institution_id] = place
        if place.cases and sum(person.place is place for person in people) < at_most:
            people.append(_logged_in(user, actor, place))
    return people


def _logged_in(user: User, actor: Actor, place: Place) -> Person:
    with scope(actor):
        token, _row = issue(user, posts_of(user)[0])
    visitor = Visitor()
    visitor.force_login(user, backend=BACKEND)
    return Person(
        name=user.full_name,
        username=user.username,
        actor=actor,
        place=place,
        headers={"Authorization": f"Bearer {token}", "Accept-Language": "zh-CN"},
        page_headers={"Cookie": f"sessionid={visitor.cookies['sessionid'].value}", "Accept-Language": "zh-CN"},
    )


def _place(institution_id: int) -> Place:
    count = _rows(OWN_COUNT, institution_id)[0][0]
    deep = _rows(DEEP_CASE, institution_id, int(count * DEEP))
    return Place(
        id=institution_id,
        referrals=count,
        cases=[key for (key,) in _rows(OWN_CASES, institution_id, SAMPLE)],
        deep=deep[0][0] if deep else None,
        patients=[
            Patient(key, name, unseal(sealed, context=IDENTITY), is_free)
            for key, name, sealed, is_free in _rows(OWN_PATIENTS, institution_id, PATIENTS)
        ],
    )


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
