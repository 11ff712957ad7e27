"""A small world of named places and people, so that tests read as stories."""

import itertools
from datetime import date
from typing import Any

import pytest

from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Institution, Region
from yilian.registry.regions import chain, level_of

TOWNSHIP, COUNTY, CITY = "石桥乡卫生院", "北岭县人民医院", "江城市第一人民医院"
AUTHORITY, ELSEWHERE = "江城市卫生健康委员会", "远山市人民医院"


class World:
    """Places and people made when they are first named."""

    def __init__(self) -> None:
        self._serial = itertools.count(1)

    def place(self, name: str, **facts: Any) -> Institution:
        """Return the institution of this name, made with these facts if it is new."""
        known = Institution.objects.filter(name=name).first()
        return known or Institution.objects.create(name=name, **facts)

    def authority(self, name: str = AUTHORITY, region: str = "420100") -> Institution:
        """Return a health authority of a region; the first one with people at work keeps the platform."""
        seat, _is_new = Region.objects.get_or_create(
            code=region, defaults={"name": name[:3], "level": level_of(region), "parent": self._above(region)}
        )
        return self.place(name, is_authority=True, region=seat)

    def _above(self, region: str) -> Region | None:
        return Region.objects.filter(code__in=chain(region)[1:]).order_by("-code").first()

    def user(self, *roles: str, at: str) -> User:
        """Return a new user with a post of each role at a place."""
        number = next(self._serial)
        user = User.objects.create_user(f"user{number}", password="yilian-demo", full_name=f"人员{number}")
        for role in roles:
            Post.objects.create(user=user, institution=self.place(at), role=role, since_on=date(2020, 1, 1))
        return user

    def person(self, *roles: str, at: str) -> Actor:
        """Return a new person as an Actor."""
        actor = actor_for(self.user(*roles, at=at))
        assert actor is not None
        return actor

    def clock_at(self, name: str) -> Actor:
        """Return the clock, seeing what this place sees."""
        place = self.place(name)
        return system_actor("时钟", place.pk, place.name)

    def open(self, kind: str, *, by: Actor, **answers: Any) -> Case:
        """Open a case as someone."""
        with scope(by):
            return engine.open_case(kind, by=by, answers=answers, along=case_types[kind].comes_along)

    def take(self, case: Case, verb: str, *, by: Actor, **rest: Any) -> Case:
        """Take a step as someone and return the case in its new state."""
        with scope(by):
            return engine.take(case, verb, by=by, **rest)

    def sees(self, actor: Actor, case: Case) -> bool:
        """Say whether the row of the case is visible to someone."""
        with scope(actor):
            return case_types[case.kind].model.objects.filter(pk=case.pk).exists()


@pytest.fixture
def world(db: None) -> World:
    """A world in a database that rolls back."""
    return World()
