"""What the database must know of the case types: turns, edges, watchers, and a wall around all that hangs on a case."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction

from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case, Participation
from yilian.kernel.workflow.wall import WATCHERS_ANEW, behind_wall


def project(using: str = "default", **signal: Any) -> None:
    """Write `turn`, `edge` and `watching` anew and put missing walls up; runs as the owner after migrations."""
    turns = [
        (case_type.key, state, side, roles)
        for case_type in case_types
        for (state, side), roles in case_type.turns.items()
    ]
    edges = [
        (case_type.key, source, target)
        for case_type in case_types
        for source, target in {("", case_type.flow.start), *case_type.flow.edges}
    ]
    with connections[using].cursor() as cursor:
        cursor.execute("delete from turn")
        cursor.executemany("insert into turn (kind, state, side, roles) values (%s, %s, %s, %s)", turns)
        cursor.execute("delete from edge")
        cursor.executemany("insert into edge (kind, state_from, state_to) values (%s, %s, %s)", edges)
        _write_watching(cursor)
        for table, column in walled_tables():
            _build_wall(cursor, table, column)


def _write_watching(cursor: Any) -> None:
    """Write which sides only watch; where that has changed, the rows of those who play them follow."""
    wanted = {(kind.key, side.code) for kind in case_types for side in kind.sides if side.is_oversight}
    cursor.execute("select kind, side from watching")
    if set(cursor.fetchall()) == wanted:
        return
    cursor.execute("delete from watching")
    cursor.executemany("insert into watching (kind, side) values (%s, %s)", sorted(wanted))
    with transaction.atomic(using=cursor.db.alias):
        cursor.execute(WATCHERS_ANEW)


def walled_tables() -> list[tuple[str, str]]:
    """Return (table, column) of every table with a key to a case, except the participations' own wall."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model in (Case, Participation) or not model._meta.managed:
            continue
        keys = [f for f in model._meta.local_fields if f.is_relation and f.related_model and _is_case(f.related_model)]
        if keys:
            found.append((model._meta.db_table, keys[0].column))
    return found


def _is_case(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, Case)


def _build_wall(cursor: Any, table: str, column: str) -> None:
    cursor.execute("select to_regclass(%s)", [f'"{table}"'])
    if cursor.fetchone()[0] is None:
        return
    cursor.execute("select 1 from pg_policies where tablename = %s and policyname = 'wall'", [table])
    if cursor.fetchone() is None:
        cursor.execute(behind_wall(table, column).replace("{app}", settings.APP_ROLE))
