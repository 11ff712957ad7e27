"""Brings the schema up to date as the owner role, one process at a time."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from yilian.kernel.postgres.lean_states import lean_states

LOCK = "yilian migrate"


def migrate(*, app_role: str) -> None:
    """Run all migrations on the alias `owner`; of several processes that start at once one works and the others wait.

    The app role may read which migrations have run, never write it. Raises DatabaseError and what a migration raises.
    """
    guard = connections["owner"].copy()  # a connection of its own: a migration may close the other one
    try:
        with guard.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(hashtext(%s))", [LOCK])
            if is_up_to_date(guard):  # what follows the shipped declarations is brought up to date all the same
                emit_post_migrate_signal(verbosity=0, interactive=False, db="owner")
            else:
                with lean_states():
                    call_command("migrate", database="owner", interactive=False, verbosity=0)
            name = guard.ops.quote_name(app_role)
            cursor.execute(f"revoke insert, update, delete on django_migrations from {name}")
    finally:
        guard.close()
        connections["owner"].close()


def is_up_to_date(connection: BaseDatabaseWrapper) -> bool:
    """Say whether every migration that is installed has run, by their names: to read them all takes a second."""
    installed = set()
    for label in [app.label for app in apps.get_app_configs()]:
        module, _is_explicit = MigrationLoader.migrations_module(label)
        if module and (folder := _folder(module)):
            installed |= {(label, found.name) for found in iter_modules(folder) if found.name[0] not in "_~"}
    return installed <= set(MigrationRecorder(connection).applied_migrations())


def _folder(module: str) -> list[str]:
    try:
        return list(import_module(module).__path__)
    except ModuleNotFoundError:
        return []
