"""People in front of a browser, and patients they know."""

from collections.abc import Callable

import pytest

from tests.world import AUTHORITY, COUNTY, TOWNSHIP, World
from yilian.kernel.pages.tests.conftest import Person, person
from yilian.registry import patients
from yilian.registry.models import Patient
from yilian.registry.tests.conftest import resident_number


@pytest.fixture
def doctor(world: World) -> Person:
    return person(world, "doctor", at=TOWNSHIP)


@pytest.fixture
def registrar(world: World) -> Person:
    return person(world, "registrar", at=TOWNSHIP)


@pytest.fixture
def elsewhere(world: World) -> Person:
    return person(world, "doctor", "registrar", at=COUNTY)


@pytest.fixture
def authority(world: World) -> Person:
    world.authority()
    return person(world, "authority", at=AUTHORITY)


@pytest.fixture
def secretary(world: World) -> Person:
    return person(world, "secretary", at=TOWNSHIP)


@pytest.fixture
def patient(doctor: Person) -> Patient:
    return patients.register_patient(
        by=doctor.actor, name="王喆", identity_number=resident_number(), phone="13812341070", address="石桥乡一组"
    )[0]


@pytest.fixture
def register(doctor: Person) -> Callable[..., Patient]:
    return lambda name, **facts: patients.register_patient(by=doctor.actor, name=name, **facts)[0]
