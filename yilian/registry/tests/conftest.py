"""A small world: two institutions and an actor at each, patients with made-up numbers."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from yilian.kernel.access.actor import Actor, system_actor
from yilian.registry.check_digits import resident_check, unified_check
from yilian.registry.institutions import register_institution
from yilian.registry.models import Institution

LOADER = system_actor("载入", 0)


def resident_number(serial: int = 1, birth: str = "19680229", region: str = "420106") -> str:
    """Return a valid resident identity number; odd serials are men."""
    first = f"{region}{birth}{serial:03d}"
    return first + resident_check(first)


def unified_code(serial: int) -> str:
    first = f"12420106{serial:09d}"
    return first + unified_check(first)


@pytest.fixture
def make_institution(db) -> Callable[..., Institution]:
    return lambda name, **facts: register_institution(by=LOADER, name=name, **facts)


@pytest.fixture
def actor_at() -> Callable[[Institution], Actor]:
    def make(institution: Institution) -> Actor:
        return replace(system_actor("登记员", institution.pk, institution.name))

    return make


@pytest.fixture
def township(make_institution) -> Institution:
    return make_institution("石桥乡卫生院")


@pytest.fixture
def county(make_institution) -> Institution:
    return make_institution("北岭县人民医院")


@pytest.fixture
def at_township(township, actor_at) -> Actor:
    return actor_at(township)


@pytest.fixture
def at_county(county, actor_at) -> Actor:
    return actor_at(county)
