"""Brings the schema up to date as the owner role, one process at a time."""

from django.core.management import call_command
from django.db import connections

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
            with lean_states():
                call_command("migrate", database="owner", interactive=False, verbosity=0)
            name = guard.ops.quote_name(app_role)
            cursor.execute(f"revoke insert, update, delete on django_migrations from {name}")
    finally:
        guard.close()
        connections["owner"].close()
