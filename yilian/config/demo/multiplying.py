"""Multiplies a city that was played: its cases are copied for further invented patients, as the owner, by COPY.

The originals went through the engine and its rules; a copy differs in keys, numbers, patient and seals only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

from django.db import connections, transaction

from yilian.config.demo.bulk import in_bulk
from yilian.config.demo.families import SAME_TIME, SERIAL, Family, read_families
from yilian.config.demo.hanging import hanging_tables
from yilian.config.demo.people import invented_name, resident_number
from yilian.kernel.registries.keys import moment_of
from yilian.kernel.workflow.engine import SERIALS
from yilian.registry.models import Patient, PatientIdentifier, PatientKey
from yilian.registry.patients.loading import Person, load_patients

OWNER = "owner"
BATCH = 1000
USED = 2000
"""Serials that the city itself may have used up in the identity numbers of any birthday."""
SHARED = ("region_id", "ethnicity", "insurance", "guardian_name", "guardian_relation")
"""Facts that a copied patient shares with the original: who signs for a child is named in the case."""
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Size:
    """How many patients and referrals there are to be, those that are there already included."""

    patients: int
    referrals: int


class People:
    """Invents patients; identity numbers count up on every birthday, so none comes twice."""

    def __init__(self, chance: Random, used: int = USED) -> None:
        self.chance = chance
        self.serials: dict[date, int] = defaultdict(lambda: used)

    def like(self, patient: Patient, earlier: timedelta = SAME_TIME) -> Person:
        """Return somebody else of the same birthday and sex, known to the same institutions, since so much earlier."""
        chance, born = self.chance, patient.birth_on
        self.serials[born] += 1
        return Person(
            name=invented_name(chance),
            institutions=tuple(patient.institutions),
            registered_at=moment_of(patient.pk) - earlier,
            identity_number=resident_number(chance, born, patient.sex, self.serials[born]),
            phone=f"1{chance.choice('3578')}{chance.randrange(10**9):09d}",
            address=f"{chance.randrange(1, 99)}号",
            facts={name: getattr(patient, name) for name in SHARED},
        )


def multiply(size: Size, *, seed: int, report: Report = lambda done, total: None) -> None:
    """Copy cases and patients until the city has this size; all or nothing. `report` hears of referrals done, of all.

    For an installation that holds the played city and nothing else: a second call finds the invented numbers taken.
    """
    chance, families = People(Random(seed)), read_families(OWNER)  # noqa: S311 - repeatable on purpose
    referrals = size.referrals - sum(family.referrals for family in families)
    copied = _enough(families, referrals)
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor, in_bulk(tables(), cursor):
        done = 0
        while batch := list(islice(copied, BATCH)):
            copy_families([(family, SAME_TIME) for family in batch], chance, cursor)
            done += sum(family.referrals for family in batch)
            report(min(done, referrals), referrals)
        _settle_in(size.patients - Patient.objects.using(OWNER).count(), chance)
    _refresh_statistics()


def tables() -> list[str]:
    """Return the tables that copies are written to."""
    people = (Patient, PatientIdentifier, PatientKey)
    return [model._meta.db_table for model in people] + [hanging.table for hanging in hanging_tables()]


def _enough(families: Sequence[Family], referrals: int) -> Iterator[Family]:
    """Go round the families until so many referrals have been handed out."""
    for family in cycle(families):
        if referrals <= 0:
            return
        referrals -= family.referrals
        yield family


def copy_families(batch: Sequence[tuple[Family, timedelta]], people: People, cursor: Any) -> None:
    """Copy each of these families for somebody new, so many days earlier than it was."""
    persons = [people.like(family.patient, earlier) for family, earlier in batch]
    keys = load_patients(persons, using=OWNER)
    serials, counted = _serials(batch, cursor), _counted([family for family, _earlier in batch], cursor)
    texts: dict[str, list[str]] = defaultdict(list)
    for (family, earlier), person, key in zip(batch, persons, keys, strict=True):
        new = [next(counted[table]) for table in family.counted]
        own = [next(serials[day]) for day in family.days_of_numbers(earlier)]
        for table, text in family.copy(key, person.name, own, new, earlier).items():
            texts[table].append(text)
    for hanging in hanging_tables():
        if hanging.table in texts:
            columns = ", ".join(f'"{column}"' for column in hanging.columns)
            with cursor.copy(f'copy "{hanging.table}" ({columns}) from stdin') as copy:
                for text in texts[hanging.table]:
                    copy.write(text)


def _serials(batch: Iterable[tuple[Family, timedelta]], cursor: Any) -> dict[str, Iterator[str]]:
    """Take serials from the series of the engine: as many as the fullest day needs, since they count within a day."""
    days = Counter(day for family, earlier in batch for day in family.days_of_numbers(earlier))
    taken = [f"{number % SERIALS:0{SERIAL}d}" for number in _next("case_number_seq", max(days.values()), cursor)]
    return {day: iter(taken) for day in days}


def _counted(batch: Iterable[Family], cursor: Any) -> dict[str, Iterator[str]]:
    """Take keys from the series of the tables whose keys other tables name."""
    wanted = Counter(table for family in batch for table in family.counted)
    found = {}
    for table, count in wanted.items():
        cursor.execute("select pg_get_serial_sequence(%s, 'id')", [table])
        found[table] = iter([str(number) for number in _next(cursor.fetchone()[0], count, cursor)])
    return found


def _next(series: str, count: int, cursor: Any) -> list[int]:
    cursor.execute("select nextval(%s) from generate_series(1, %s)", [series, count])
    return [number for (number,) in cursor.fetchall()]


def _settle_in(count: int, people: People) -> None:
    """Bring in people about whom there is no case, like those of the city."""
    known = list(Patient.objects.using(OWNER).filter(cases__isnull=True))
    load_patients((people.like(patient) for patient in islice(cycle(known), max(0, count))), using=OWNER)


def _refresh_statistics() -> None:
    """Let the planner know, and mark pages as seen by all: what lists read stands in their index alone."""
    with connections[OWNER].cursor() as cursor:
        for table in tables():
            cursor.execute(f'vacuum (analyze) "{table}"')
