"""The package of a case: documents chosen, sealed when it is sent, added to afterwards, and verified."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from yilian.domains.records.canonical import digest, seal_of
from yilian.domains.records.models import Observation, Package, PackageItem, Record, RecordFile
from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.parties import has_a_hand
from yilian.registry import known


def choose(case: Case, records: Sequence[UUID], *, by: Actor) -> None:
    """Let these documents be the package of a case that is not sealed yet; one that is gets them as additions."""
    sealed = Package.objects.filter(pk=case.pk).exists()
    if not sealed:
        PackageItem.objects.filter(case_id=case.pk, institution_id=by.institution_id).delete()
    if records:
        put(case, Record.objects.filter(pk__in=records), by=by, is_addition=sealed)


def add(case: Case, records: Sequence[UUID], *, by: Actor) -> None:
    """Add documents to a case under way; they show as additions, with who added them when."""
    if records:
        put(case, Record.objects.filter(pk__in=records), by=by, is_addition=True)


def put(case: Case, records: Iterable[Record], *, by: Actor, is_addition: bool) -> None:
    """Put documents into the package of a case, each once; the database refuses those of another patient."""
    if not (records := list(records)):
        return
    with connection.cursor() as cursor:
        cursor.execute("select record_id from records_packageitem where case_id = %s", [case.pk])
        present = {record_id for (record_id,) in cursor.fetchall()}
    at, readers = clock.now(), [side.code for side in case.case_type.sides if not case.case_type.only_reads(side.code)]
    items = [
        PackageItem(
            id=uuid7(at), case_id=case.pk, record=record, readers=readers, sha256=record.sha256, kind=record.kind,
            title=record.title, author=str(known.institution(record.institution_id)), effective_at=record.effective_at,
            is_addition=is_addition, institution_id=by.institution_id, added_at=at, added_name=by.name,
        )
        for record in records if record.pk not in present
    ]  # fmt: skip
    if items:
        rows.insert(*items)


def seal(case: Case, *, by: Actor) -> None:
    """Seal the package as the case leaves; a case without documents has none, and what is sealed stays sealed."""
    with connection.cursor() as cursor:
        cursor.execute("select sha256 from records_packageitem where case_id = %s order by id", [case.pk])
        digests = [digest for (digest,) in cursor.fetchall()]
    if not digests or Package.objects.filter(pk=case.pk).exists():
        return
    rows.insert(
        Package(
            case_id=case.pk, sha256=seal_of(digests), count=len(digests), institution_id=by.institution_id,
            sealed_at=clock.now(), sealed_name=by.name,
        )
    )  # fmt: skip


def carry_correction(old: Record, new: Record, *, by: Actor) -> None:
    """Add the corrected version to every open case that carries the old one and in which its author has a hand."""
    items = PackageItem.objects.filter(record=old, case__open=True).select_related("case")
    for case in {item.case_id: item.case for item in items}.values():
        if has_a_hand(case, by.institution_id):
            put(case, [new], by=by, is_addition=True)


@dataclass(frozen=True)
class Line:
    """A document of a package as its card shows it: `may_open` says whether this institution reads it."""

    item: PackageItem
    may_open: bool
    is_whole: bool
    status: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Contents:
    """A package as it stands: its seal, its documents, and whether everything is as it was sent."""

    package: Package | None
    lines: list[Line]

    @property
    def is_whole(self) -> bool:
        """Whether each document the reader sees, and the seal over all of them, still agree."""
        sealed = [line.item.sha256 for line in self.lines if not line.item.is_addition]
        agrees = self.package is None or (self.package.count, self.package.sha256) == (len(sealed), seal_of(sealed))
        return agrees and all(line.is_whole for line in self.lines)

    @property
    def additions(self) -> int:
        return sum(line.item.is_addition for line in self.lines)


def contents(case: Case) -> Contents:
    """Return the package of a case, each document that may be read compared with what was put in."""
    items = rows.where(PackageItem, "case_id = %s order by id", [case.pk])
    if not items:
        return Contents(None, [])
    wanted = [item.record_id for item in items]
    seen = {record.pk: record for record in rows.where(Record, "id = any(%s)", [wanted])}
    values, files = defaultdict(list), defaultdict(list)
    if seen:
        for value in rows.where(Observation, "record_id = any(%s) order by seq", [list(seen)]):
            values[value.record_id].append(value)
        for file in rows.where(RecordFile, "record_id = any(%s)", [list(seen)]):
            files[file.record_id].append(file.sha256)
    digests = {key: digest(record, values[key], files[key]) for key, record in seen.items()}
    lines = [_line(item, seen.get(item.record_id), digests.get(item.record_id, "")) for item in items]
    return Contents(rows.read(Package, case.pk), lines)


def _line(item: PackageItem, record: Record | None, found: str) -> Line:
    if record is None:
        return Line(item, may_open=False, is_whole=True)
    return Line(item, True, found == record.sha256 == item.sha256, record.status_title, record.tone)
