"""A migrated database kept between test runs, from which each run and each demanding test gets its own copy."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import connections
from psycopg import sql

import yilian
from yilian.kernel.postgres.address import Address
from yilian.kernel.postgres.migrating import migrate
from yilian.kernel.postgres.place import Place
from yilian.kernel.postgres.postmaster import process_letter
from yilian.kernel.postgres.roles import create_database, drop_database, prepare
from yilian.kernel.postgres.server import SUPERUSER, Server

PREFIX = "template_"
CLONE = "clone_"  # followed by the process that asked for it


class Template:
    """The migrated database, named after the migrations in it; its comment says which source it was last touched by."""

    def __init__(self, place: Place, server: Server, home: Path) -> None:
        self.place = place
        self.admin = place.app.acting_as(SUPERUSER, server.password()).named("postgres")
        self.lock = home / "template.lock"
        self.name = f"{PREFIX}{_digest(_migrations())}"

    def clone(self) -> str:
        """Create a database that is migrated, without rows, and belongs to the owner role; return its name."""
        name = f"{CLONE}{os.getpid()}_{secrets.token_hex(4)}"
        with self._alone():
            self._make_current()
            create_database(self.admin, name, template=self.name)
        return name

    def drop(self, name: str) -> None:
        """Drop a clone, breaking off whoever is connected to it."""
        drop_database(self.admin, name)

    def drop_leftovers(self) -> None:
        """Drop the clones of runs that were killed, and the templates of other states of the migrations.

        A run beside this one may be about to copy such a template: it makes its own again before its next copy.
        """
        with self._alone():
            self._drop_leftovers()

    def _drop_leftovers(self) -> None:
        with psycopg.connect(**self.admin.for_psycopg(), autocommit=True) as connection:
            rows = connection.execute("select datname from pg_database where not datistemplate").fetchall()
        for (name,) in rows:
            old_template = name.startswith(PREFIX) and name != self.name
            if old_template or (name.startswith(CLONE) and not process_letter(int(name.split("_")[1]))):
                drop_database(self.admin, name)

    def _make_current(self) -> None:
        source = _digest(_source())
        found = self._comment()
        if found == source:
            return
        draft = self.name if found is not None else f"draft_{self.name}"
        if found is None:
            drop_database(self.admin, draft)
            _grant(self.place, self.admin.named(draft))
        with pointing_at(draft):
            migrate(app_role=self.place.app.user)
        self._publish(draft, source)

    def _comment(self) -> str | None:
        question = "select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database where datname = %s"
        with psycopg.connect(**self.admin.for_psycopg(), autocommit=True) as connection:
            row = connection.execute(question, [self.name]).fetchone()
        return row[0] if row else None

    def _publish(self, draft: str, source: str) -> None:
        name = sql.Identifier(self.name)
        with psycopg.connect(**self.admin.for_psycopg(), autocommit=True) as connection:
            if draft != self.name:
                connection.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(draft), name))
            connection.execute(sql.SQL("comment on database {} is {}").format(name, sql.Literal(source)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def pointing_at(database: str) -> Iterator[None]:
    """Let every alias, in every thread, mean this database inside the block."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    _point({alias: database for alias in before})
    try:
        yield
    finally:
        _point(before)


def _point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name  # one dictionary for the connections of all threads


def _grant(place: Place, admin: Address) -> None:
    database = admin.database
    prepare(admin, owner=place.owner.named(database), app=place.app.named(database), heals=True)


def _migrations() -> list[Path]:
    folders = (Path(config.path) / "migrations" for config in apps.get_app_configs())
    return sorted(file for folder in folders for file in folder.glob("*.py"))


def _source() -> list[Path]:
    house = Path(yilian.__file__).parent
    return sorted(
        file for file in house.rglob("*") if file.suffix in {".py", ".sql", ".csv"} and "tests" not in file.parts
    )


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(bytes(file))
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
