"""The way of a workbook: taken in, checked and written at once if small, by a job if large."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from hashlib import sha256
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import SETTING, scope
from yilian.kernel.audit import record
from yilian.kernel.audit.actions import ObjectKind, object_kinds
from yilian.kernel.imports.models import FINISHED, ImportRun, ImportState
from yilian.kernel.imports.reading import Line, read
from yilian.kernel.imports.saving import save_all
from yilian.kernel.imports.sheet import Saved, Sheet, sheets
from yilian.kernel.imports.workbooks import marked
from yilian.kernel.sealing import seal_bytes, unseal_bytes

AT_ONCE = 300
"""Workbooks of up to so many rows are done while the person waits."""
CONTEXT = "imports.workbook"
object_kinds.add(ObjectKind("import", _("导入")))
Report = Callable[[int], None]


def take_in(sheet: Sheet, *, by: Actor, file_name: str, content: bytes, is_dry: bool) -> ImportRun:
    """Read a workbook and import it, or put it in the queue; return the run that tells how far it is.

    Raises WorkbookRefusedError when the workbook cannot be read, PermissionDenied when the actor may not import it.
    """
    if not sheet.is_for(by):
        raise PermissionDenied
    lines = read(sheet, content)
    with scope(by):
        run = ImportRun.objects.create(
            sheet=sheet.key,
            institution_id=by.institution_id,
            user_id=by.user_id,
            actor=asdict(by),
            language=translation.get_language() or "zh-hans",
            file_name=file_name[-200:],
            sha256=sha256(content).hexdigest(),
            is_dry=is_dry,
            total=len(lines),
            begun_at=clock.now(),
        )
        if len(lines) <= AT_ONCE:
            _carry_out(run, sheet, lines, by, report=lambda done: None)
        else:
            _queue(run, content)
    return run


def run_queued(run_id: UUID, institution_id: int) -> None:
    """Carry out a waiting import; a run that is finished, or under way in another worker, is left alone.

    Everything is one transaction: a worker that dies leaves the run waiting and nothing written.
    """
    with scope(_sight(institution_id)):
        if not _alone(run_id):
            return
        run = ImportRun.objects.get(pk=run_id)
        if run.state in FINISHED:
            return
        sheet, by = sheets[run.sheet], Actor(**run.actor)
        content = unseal_bytes(run.source or b"", context=CONTEXT)
        with translation.override(run.language), closing(_Progress(run_id, institution_id)) as progress:
            progress.report(0)
            _carry_out(run, sheet, read(sheet, content), by, report=progress.report)


def give_up(run_id: UUID, institution_id: int, message: str) -> None:
    """Mark a run as failed for a reason that lies in the program, not in the workbook."""
    with scope(_sight(institution_id)):
        ImportRun.objects.filter(pk=run_id).exclude(state__in=FINISHED).update(
            state=ImportState.FAILED, message=message[:400], source=None, ended_at=clock.now()
        )


def marked_workbook(run: ImportRun) -> bytes | None:
    """Return the workbook with its faults marked, or None when there were none or it is no longer kept."""
    return unseal_bytes(run.marked, context=CONTEXT) if run.marked else None


def _carry_out(run: ImportRun, sheet: Sheet, lines: list[Line], by: Actor, *, report: Report) -> None:
    outcomes = save_all(sheet, lines, by=by, is_dry=run.is_dry, report=report)
    counts = Counter(outcome.saved for outcome in outcomes)
    run.done = len(outcomes)
    run.created, run.updated = counts[Saved.CREATED], counts[Saved.UPDATED]
    run.unchanged = counts[Saved.UNCHANGED]
    run.failed = sum(bool(outcome.faults) for outcome in outcomes)
    run.state = _state(run)
    run.marked = seal_bytes(marked(sheet, outcomes), context=CONTEXT) if run.failed else None
    run.source, run.ended_at = None, clock.now()
    run.save()
    detail = {"sheet": run.sheet, "state": run.state, "created": run.created, "updated": run.updated}
    record(by, "imported", object_kind="import", object_id=run.pk, detail=detail)


def _state(run: ImportRun) -> ImportState:
    if run.failed:
        return ImportState.REFUSED
    return ImportState.CHECKED if run.is_dry else ImportState.WRITTEN


def _queue(run: ImportRun, content: bytes) -> None:
    from yilian.kernel.imports.tasks import import_workbook

    run.source = seal_bytes(content, context=CONTEXT)
    run.save(update_fields=["source"])
    import_workbook.defer(run_id=str(run.pk), institution_id=run.institution_id)


def _sight(institution_id: int) -> Actor:
    return Actor(user_id=None, name="imports", institution_id=institution_id, institution_name="", roles=0)


def _alone(run_id: UUID) -> bool:
    """Hold the run until the end of the transaction; False when another worker holds it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {run_id}"])
        return cursor.fetchone()[0]


class _Progress:
    """Tells others how far a run is, over a connection of its own: that of the run shows nothing until its end."""

    def __init__(self, run_id: UUID, institution_id: int) -> None:
        self.run_id, self.institution_id = run_id, institution_id
        self.connection = connections.create_connection("default")

    def report(self, done: int) -> None:
        statement = "update imports_importrun set done = %s, state = %s where id = %s"
        with self.connection.cursor() as cursor:
            cursor.execute("begin")
            cursor.execute("select set_config(%s, %s, true)", [SETTING, f"{{{self.institution_id}}}"])
            cursor.execute(statement, [done, ImportState.RUNNING, self.run_id])
            cursor.execute("commit")

    def close(self) -> None:
        self.connection.close()
