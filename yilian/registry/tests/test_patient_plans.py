"""Patient look-ups stay index look-ups under row security, as the app role, among 3,000 patients."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, connections

from tests.world import COUNTY, TOWNSHIP, World
from yilian.kernel.access.scope import scope
from yilian.registry import patients
from yilian.registry.patients.loading import Person, load_patients
from yilian.registry.patients.numbers import read_phone
from yilian.registry.patients.suspecting import suspects_like, traits_from
from yilian.registry.tests.conftest import resident_number

pytestmark = pytest.mark.exhaustive

NUMBER = resident_number(3, birth="19500101")
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周", "春秋山川江河林海云雷"


@pytest.fixture
def crowd(fresh_database):
    world = World()
    actors = world.person("doctor", at=TOWNSHIP), world.person("doctor", at=COUNTY)
    ours, theirs = (actor.institution_id for actor in actors)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    load_patients(
        Person(
            name=SURNAMES[n % 10] + GIVEN[n // 10 % 10] + GIVEN[n // 100 % 10],
            institutions=(ours, theirs) if n % 3 else (theirs,),
            registered_at=moment,
            identity_number=resident_number(n % 1000, birth=f"19{50 + n // 1000:02d}0101"),
            phone=f"138{n:08d}",
        )
        for n in range(3000)
    )
    with connections["owner"].cursor() as cursor:
        for table in ("patient", "patientidentifier", "patientkey"):
            cursor.execute(f"vacuum analyze registry_{table}")
    return actors


def plans(ask) -> list[dict]:
    """Return the plans of the statements a function sends."""
    sent = []

    def keep(execute, sql, params, many, context):
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        ask()
    found = []
    for sql, params in sent:
        with connection.cursor() as cursor:
            cursor.execute(f"explain (analyze, buffers, format json) {sql}", params)
            plan = cursor.fetchone()[0]
        found.append((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    return found


def nodes(plan: dict) -> list[dict]:
    return [plan, *(node for child in plan.get("Plans", ()) for node in nodes(child))]


def buffers(plan: dict) -> int:
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def test_no_look_up_reads_a_table_from_end_to_end(crowd):
    ours, theirs = crowd
    for text in ("王", "wang", "w", "王春山", NUMBER, "13800000003", "0003"):
        with scope(theirs):
            found = plans(lambda wanted=text: patients.search(theirs, wanted))
        assert found
        for plan in found:
            assert not [node for node in nodes(plan) if node["Node Type"] == "Seq Scan" and node["Actual Loops"]], text
            assert buffers(plan) < 400, text
    for actor, expected in ((ours, []), (theirs, ["刘春春", "刘春春"])):
        with scope(actor):
            lines = patients.search(actor, "13800000003") + patients.search(actor, NUMBER)
            assert [line.name for line in lines] == expected


def test_suspects_are_found_by_indexes_only(crowd):
    phone = read_phone("13800000000").digest
    somebody = traits_from("汪春春", birth_on=date(1950, 1, 1), phone=phone, document=f"03:{'00' * 32}")
    with scope(crowd[1]):
        (plan,) = plans(lambda: suspects_like(somebody, crowd[1].institution_id))[:1]
        names = [suspect.patient.name for suspect in suspects_like(somebody, crowd[1].institution_id)]
    read = [node for node in nodes(plan) if node["Actual Loops"]]
    assert not [node for node in read if node["Node Type"] == "Seq Scan"]
    assert buffers(plan) < 2000
    assert names[0] == "王春春"
    with scope(crowd[0]):
        assert suspects_like(somebody, crowd[0].institution_id) == []


def test_a_number_that_is_there_already_fails_whole(crowd):
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    people = [
        Person("新人", (crowd[0].institution_id,), moment),
        Person("旧人", (crowd[0].institution_id,), moment, identity_number=NUMBER),
    ]
    with pytest.raises(IntegrityError):
        load_patients(people)
    with scope(crowd[0]):
        assert patients.search(crowd[0], "新人") == []
