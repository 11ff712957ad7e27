"""Reads the cases of each patient as stencils: every row of every table that hangs on them, and their histories."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connections
from django.db.models import Q
from psycopg import sql

from yilian.config.demo.hanging import Hanging, hanging_tables
from yilian.config.demo.stencil import COUNTED, DAY, KEY, Stencil, cutting
from yilian.kernel.registries.keys import moment_of, uuid7
from yilian.kernel.workflow.chain import sealed_text
from yilian.kernel.workflow.models import Case, Happening
from yilian.registry.models import Patient

SERIAL = 6
"""Digits at the end of a case number, which count within a day."""
DIGITS = 8
"""Digits before them: the day."""
SAME_TIME = timedelta()
LONG_BEFORE = timedelta(days=30)
PAST_KINDS = ("referral", "followup")
TOLD = "notices_"
"""Tables of messages, which would lie unread for years."""


@dataclass
class Family:
    """The cases about one patient, ready to be copied for another.

    A copy needs a key for each of `moments`, a serial for each of `days` (what a number begins with), and for each of
    `counted` (the name of a table) a key that the database counts. `dates` are what a copy of another time changes.
    """

    patient: Patient
    referrals: int
    began_on: date
    moments: list[datetime] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    histories: list[list[Stencil]] = field(default_factory=list)
    tables: dict[str, Stencil] = field(default_factory=dict)

    def copy(
        self, key: UUID, name: str, serials: Iterable[str], counted: Iterable[str], earlier: timedelta = SAME_TIME
    ) -> dict[str, str]:
        """Return the lines of COPY for each table, about the patient of this key and name; histories sealed anew.

        `earlier` is in whole days; a family that was not read with its dates is copied at the same time only.
        """
        values = [str(key), name, *(str(uuid7(moment - earlier)) for moment in self.moments)]
        values += [day + serial for day, serial in zip(self.days_of_numbers(earlier), serials, strict=True)]
        values += counted
        values += [(date.fromisoformat(day) - earlier).isoformat() for day in self.dates]
        for history in self.histories:
            digest = b""
            for line in history:
                digest = sha256(digest + line.fill(values).encode()).digest()
                values.append(digest.hex())
        return {table: stencil.fill(values) for table, stencil in self.tables.items()}

    def days_of_numbers(self, earlier: timedelta = SAME_TIME) -> list[str]:
        """Return what the number of each case begins with, so many days earlier."""
        days = [(day[:-DIGITS], date.fromisoformat(day[-DIGITS:]) - earlier) for day in self.days]
        return [f"{prefix}{day:%Y%m%d}" for prefix, day in days]


def read_families(using: str = "owner", *, finished: int = 0) -> list[Family]:
    """Read the cases about patients, patient by patient; not of those with files, which the vault keeps once.

    Nor of those who were seen on a round: what is about several patients belongs to none of them. With
    `finished`, only so many, whose cases are all over, with their dates and without the messages people got about them.
    """
    cases = Case.objects.using(using).filter(patient__isnull=False)
    shared = cases.filter(links_out__isnull=False, links_out__target__patient__isnull=True)
    filed = cases.filter(attachments__isnull=False)
    cases = cases.exclude(patient__in=filed.values("patient")).exclude(patient__in=shared.values("patient"))
    if finished:
        running = cases.filter(Q(open=True) | ~Q(kind__in=PAST_KINDS))
        cases = cases.exclude(patient__in=running.values("patient")).exclude(patient__is_deceased=True)
    by_patient: dict[UUID, list[Case]] = defaultdict(list)
    for case in cases.order_by("patient_id", "id"):
        by_patient[case.patient_id].append(case)
    if finished:
        by_patient = {patient: by_patient[patient] for patient in _chosen(by_patient, finished)}
    owner = {case.pk: patient for patient, own in by_patient.items() for case in own}
    texts = {patient: {} for patient in by_patient}
    for hanging in hanging_tables():
        if finished and hanging.table.startswith(TOLD):
            continue
        for patient, text in _read(hanging, owner, using).items():
            texts[patient][hanging.table] = text
    lines: dict[UUID, list[Happening]] = defaultdict(list)
    for line in Happening.objects.using(using).filter(case__in=owner).order_by("case_id", "seq"):
        lines[line.case_id].append(line)
    patients = Patient.objects.using(using).in_bulk(by_patient)
    return [
        _family(patients[patient], own, texts[patient], [lines[case.pk] for case in own], is_dated=bool(finished))
        for patient, own in by_patient.items()
    ]


def _chosen(by_patient: Mapping[UUID, Sequence[Case]], count: int) -> list[UUID]:
    """Return so many patients, evenly spread over all; up to a quarter came back, so that returns are not rare."""
    returned = [patient for patient, own in by_patient.items() if len(own) > 1]
    chosen = _spread(returned, count // 4)
    others = [patient for patient in by_patient if patient not in set(chosen)]
    return sorted([*chosen, *_spread(others, count - len(chosen))])


def _spread(keys: Sequence[UUID], count: int) -> Sequence[UUID]:
    return keys[:: max(1, len(keys) // max(1, count))][:count]


def _read(hanging: Hanging, owner: dict[UUID, UUID], using: str) -> dict[UUID, str]:
    """Return the rows of a table as COPY writes them, by patient."""
    parts = [f"'{table}#' || h.\"{column}\"" if (table := hanging.counted.get(column)) else f'h."{column}"'
             for column in hanging.columns]  # fmt: skip
    # the row of a party that comes first is the one lists show
    order = "h.prime desc" if "prime" in hanging.columns else f'h."{hanging.model._meta.pk.column}"'
    keys = sql.Literal(list(owner)).as_string(connections[using].connection)
    query = (
        f'select {hanging.case}, {", ".join(parts)} from "{hanging.table}" h '
        f"where {hanging.case} = any({keys}) order by 1, {order}"
    )
    found: dict[UUID, str] = defaultdict(str)
    with connections[using].cursor() as cursor, cursor.copy(f"copy ({query}) to stdout") as rows:
        for row in rows:
            case, _tab, rest = bytes(row).decode().partition("\t")
            found[owner[UUID(case)]] += rest
    return found


def _family(
    patient: Patient, cases: Sequence[Case], texts: dict[str, str], lines: list[list[Happening]], *, is_dated: bool
) -> Family:
    whole = "".join(texts.values())
    keys = sorted({*re.findall(KEY, whole)} - {str(patient.pk)})
    numbers = [case.number for case in cases]
    counted = sorted(set(re.findall(COUNTED, whole)))
    seals = [bytes(line.digest).hex() for history in lines for line in history]
    dates = _dates(cases, whole) if is_dated else []
    words = [str(patient.pk), patient.name, *keys, *numbers, *counted, *dates, *seals]
    places = {word: place for place, word in enumerate(words)}
    cut = cutting(patient.name, is_dated=is_dated)
    return Family(
        patient=patient,
        referrals=sum(case.kind == "referral" for case in cases),
        began_on=cases[0].opened_at.date(),
        moments=[moment_of(UUID(key)) for key in keys],
        days=[number[:-SERIAL] for number in numbers],
        counted=[word.partition("#")[0] for word in counted],
        dates=dates,
        histories=[[Stencil(sealed_text(line), cut, places) for line in history] for history in lines],
        tables={table: Stencil(text, cut, places) for table, text in texts.items()},
    )


def _dates(cases: Sequence[Case], text: str) -> list[str]:
    """Return the days that belong to what happened; what lies long before, such as a birthday, stays as it is."""
    oldest = min(case.opened_at for case in cases).date() - LONG_BEFORE
    return sorted(day for day in set(re.findall(DAY, text)) if date.fromisoformat(day) >= oldest)
