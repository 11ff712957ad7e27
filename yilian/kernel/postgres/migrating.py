"""Brings the schema up to date as the owner role, one process at a time."""

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from yilian.kernel.postgres.address import Address

LOCK = "yilian migrate"


def migrate(owner: Address, *, app_role: str) -> None:
    """Run all migrations as the owner; of several processes that start at once one works and the others wait.

    The app role may read which migrations have run, never write it. Raises psycopg.Error and what a migration raises.
    """
    with psycopg.connect(**owner.for_psycopg(), autocommit=True) as guard:
        guard.execute("select pg_advisory_lock(hashtext(%s))", [LOCK])
        try:
            call_command("migrate", database="owner", interactive=False, verbosity=0)
        finally:
            connections["owner"].close()
        guard.execute(
            sql.SQL("revoke insert, update, delete on django_migrations from {}").format(sql.Identifier(app_role))
        )
