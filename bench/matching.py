"""`python -m bench.matching --patients 100000`: who may be registered already, asked as a desk asks; prints JSON.

Loads invented people into one institution that knows them all, then asks for second records of some of them and for
strangers: how long an answer takes, how many of those there are found, and how many of those shown are meant. Beyond
20,000 people the crowd is made of them by SQL: the same names with other birth dates, phones and numbers.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.processes import cpu_seconds

SEED = 20260101
AIM_P95 = 15.0
LOADED = "matching.json"
INVENTED = 20_000
APART = 37
"""Days between the birth dates of somebody and the next copy."""
PERSON = """
insert into registry_patient (id, birth_on, phone_digest, {columns})
select md5(id::text || %(copy)s::text)::uuid, birth_on + %(copy)s * {apart},
    sha256(phone_digest || int4send(%(copy)s::int)), {columns}
from registry_patient where id = any(%(ids)s)
"""
NUMBER = """
insert into registry_patientidentifier (patient_id, digest, kind, value_sealed, masked)
select md5(patient_id::text || %(copy)s::text)::uuid, sha256(digest || int4send(%(copy)s::int)),
    kind, value_sealed, masked
from registry_patientidentifier where patient_id = any(%(ids)s)
"""
KEY = """
insert into registry_patientkey (institution_id, patient_id, key)
select institution_id, md5(patient_id::text || %(copy)s::text)::uuid, case when left(key, 1) <> '=' then key else
    '=' || to_char(to_date(substr(key, 2, 8), 'YYYYMMDD') + %(copy)s * {apart}, 'YYYYMMDD') || substr(key, 10) end
from registry_patientkey where patient_id = any(%(ids)s)
"""
AT_ONCE = 2_000
"""So many patients in one transaction: on a busy machine a longer one would be ended as idle."""


@dataclass
class Tally:
    """What came of the questions of one kind."""

    asked: int = 0
    found: int = 0
    shown: int = 0
    first: int = 0
    milliseconds: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.matching", description=__doc__)
    parser.add_argument("--patients", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--home", type=Path, default=Path("var/bench"), help="where loaded data are kept")
    chosen = parser.parse_args()
    home = (chosen.home / f"matching-{chosen.patients}-{chosen.seed}").absolute()
    home.mkdir(parents=True, exist_ok=True)
    os.environ["YILIAN_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
    print(json.dumps(_measure(chosen.patients, chosen.questions, chosen.seed, home), ensure_ascii=False, indent=2))


def _measure(patients: int, count: int, seed: int, home: Path) -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings

    from bench.lookalikes import population, questions
    from yilian.config.preparing import prepare_database
    from yilian.kernel.postgres.place import in_use

    people = population(min(patients, INVENTED), seed)
    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        loaded = _load(people, home, copies=patients // len(people) - 1)
        before = _processor_seconds(settings.PLACE)
        tallies = _ask(questions(people, count, seed), loaded["ids"], loaded["institution"])
        spent = (_processor_seconds(settings.PLACE) - before) * 1000 / sum(one.asked for one in tallies.values())
    found = {"patients": patients, "seconds_to_load": loaded["seconds"], "processor_milliseconds": round(spent, 2)}
    return found | _report(tallies)


def _processor_seconds(place: Any) -> float:
    """Return what this process and the database server have used so far: waiting for a busy machine does not count."""
    server = place.server()
    roots = [os.getpid(), *([server.pid()] if server and server.pid() else [])]
    return cpu_seconds(roots)


def _load(people: list[Any], home: Path, *, copies: int) -> dict[str, Any]:
    """Load the people and copies of them unless they are there; return the institution and their keys in order."""
    from django.db import connections

    from yilian.kernel.access.actor import system_actor
    from yilian.registry.institutions import register_institution
    from yilian.registry.patients.loading import Person, load_patients

    record = home / LOADED
    if record.exists():
        return dict(json.loads(record.read_text()))
    began, moment = time.monotonic(), datetime(2026, 1, 1, tzinfo=UTC)
    institution = register_institution(by=system_actor("bench", 0), name="江城市第一人民医院").pk
    print(f"loading {len(people):,} patients", file=sys.stderr)
    ids: list[UUID] = []
    for first in range(0, len(people), AT_ONCE):
        ids += load_patients(
            Person(one.name, (institution,), moment, one.number, one.phone, one.address, one.sex, one.birth_on)
            for one in people[first : first + AT_ONCE]
        )
    with connections["owner"].cursor() as cursor:
        for copy in range(1, copies + 1):
            for statement in _copying():
                cursor.execute(statement, {"copy": copy, "ids": ids})
        for table in ("patient", "patientidentifier", "patientkey"):
            cursor.execute(f"vacuum analyze registry_{table}")
    seconds = round(time.monotonic() - began, 1)
    found = {"institution": institution, "ids": [str(pk) for pk in ids], "seconds": seconds}
    record.write_text(json.dumps(found))
    return found


def _copying() -> list[str]:
    """Return the statements that add one copy of everybody: other keys, birth dates, phones and numbers."""
    from yilian.registry.models import Patient

    changed = ("id", "birth_on", "phone_digest")
    columns = ", ".join(field.column for field in Patient._meta.concrete_fields if field.column not in changed)
    return [statement.format(columns=columns, apart=APART) for statement in (PERSON, NUMBER, KEY)]


def _ask(asked: Iterable[Any], ids: list[str], institution: int) -> dict[str, Tally]:
    """Ask every question as the application asks, a scope each, and count the answers by kind."""
    from yilian.kernel.access.actor import system_actor
    from yilian.kernel.access.scope import scope
    from yilian.registry.patients.keys import fold
    from yilian.registry.patients.numbers import read_phone
    from yilian.registry.patients.suspecting import suspects_like, traits_from

    desk, tallies = system_actor("bench", institution), dict[str, Tally]()
    for question in asked:
        one, began = question.record, time.perf_counter()
        with scope(desk):
            phone = read_phone(one.phone).digest if one.phone else b""
            traits = traits_from(one.name, sex=one.sex, birth_on=one.birth_on, phone=phone, address=fold(one.address))
            found = [suspect.patient.pk for suspect in suspects_like(traits, institution)]
        spent = (time.perf_counter() - began) * 1000
        tally = tallies.setdefault(question.kind, Tally())
        meant = None if question.person is None else UUID(ids[question.person])
        tally.asked += 1
        tally.shown += len(found)
        tally.found += meant in found
        tally.first += bool(found) and found[0] == meant
        tally.milliseconds.append(spent)
    return tallies


def _report(tallies: dict[str, Tally]) -> dict[str, Any]:
    from bench.lookalikes import AGAIN

    times = sorted(spent for tally in tallies.values() for spent in tally.milliseconds)
    cuts = statistics.quantiles(times, n=100)
    sums = Counter(
        asked=sum(tallies[kind].asked for kind in AGAIN), found=sum(tallies[kind].found for kind in AGAIN),
        first=sum(tallies[kind].first for kind in AGAIN), shown=sum(tally.shown for tally in tallies.values()),
    )  # fmt: skip
    return {
        "questions": len(times),
        "milliseconds": {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "p99": round(cuts[98], 2)},
        "aim_p95": AIM_P95,
        "is_kept": cuts[94] <= AIM_P95,
        "precision": round(sums["found"] / sums["shown"], 4),
        "recall": round(sums["found"] / sums["asked"], 4),
        "meant_one_stands_first": round(sums["first"] / sums["asked"], 4),
        "kinds": {kind: {"asked": one.asked, "found": one.found, "shown": one.shown} for kind, one in tallies.items()},
    }


if __name__ == "__main__":
    main()
