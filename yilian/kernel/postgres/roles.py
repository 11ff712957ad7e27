"""The three roles: an administrator for the launcher, `yilian_owner` for the schema, `yilian_app` for the programs.

The app role owns nothing and bypasses nothing, so row-level security and revoked rights hold for every request.
"""

import os
from contextlib import suppress

import psycopg
from psycopg import sql

from yilian.kernel.postgres.address import Address

OWNER = "yilian_owner"
APP = "yilian_app"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")  # trusted: the owner of the database may add them
STATEMENT_TIMEOUT = "10s"


class RolesMissing(RuntimeError):
    """The database roles are not there and cannot be made with the rights we have."""


def prepare(admin: Address, *, owner: Address, app: Address, heals: bool = False, timeout: str = "") -> None:
    """Make roles, database and default rights where they are missing; harmless when all is there.

    Several processes may do so at once. `heals` gives roles that exist our passwords: only on a server that is ours.
    `timeout` bounds every statement of the app role (PostgreSQL interval; default YILIAN_STATEMENT_TIMEOUT or 10s).
    Raises RolesMissing when the administrator may not make roles, psycopg.Error when the server cannot be reached.
    """
    with _maintenance(admin) as connection:
        connection.execute("select pg_advisory_lock(hashtext('yilian roles'))")  # until the connection closes
        _refuse_without_rights(connection, admin)
        for address in (owner, app):
            _make_role(connection, address, heals)
        _make_database(connection, admin)
        with psycopg.connect(**admin.for_psycopg(), autocommit=True) as inside:
            _grant_database(inside, admin.database)
        with psycopg.connect(**owner.for_psycopg(), autocommit=True) as inside:
            _grant_defaults(inside)
        _bound(owner)
        _bound(app, statement_timeout=timeout or os.environ.get("YILIAN_STATEMENT_TIMEOUT", STATEMENT_TIMEOUT))


def create_database(admin: Address, database: str, *, template: str = "template1") -> None:
    """Create a database that belongs to the owner role. Raises psycopg.errors.DuplicateDatabase."""
    with psycopg.connect(**admin.for_psycopg(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} owner {} template {}").format(
                sql.Identifier(database), sql.Identifier(OWNER), sql.Identifier(template)
            )
        )


def drop_database(admin: Address, database: str) -> None:
    """Drop a database, breaking off whoever is connected to it; does nothing when it is not there."""
    with psycopg.connect(**admin.for_psycopg(), autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


def _maintenance(admin: Address) -> psycopg.Connection:
    """Connect to `postgres`, the same for all who wait for each other; where that is closed, to the database itself."""
    with suppress(psycopg.OperationalError):
        return psycopg.connect(**admin.named("postgres").for_psycopg(), autocommit=True)
    return psycopg.connect(**admin.for_psycopg(), autocommit=True)


def _refuse_without_rights(connection: psycopg.Connection, admin: Address) -> None:
    question = "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"
    row = connection.execute(question).fetchone()
    if not row or not row[0]:
        raise RolesMissing(
            f"The role {admin.user} in DATABASE_URL may not create roles. Either give it CREATEROLE, or make two roles "
            "yourself, one that owns the database and one without special rights, and set DATABASE_OWNER_URL "
            "(the owner) and DATABASE_URL (the one without rights)."
        )


def _make_role(connection: psycopg.Connection, address: Address, heals: bool) -> None:
    exists = connection.execute("select 1 from pg_roles where rolname = %s", [address.user]).fetchone()
    if exists and not heals:
        _refuse_foreign_password(address.named(connection.info.dbname))
        return
    statement = "alter role {} login password {}" if exists else (
        "create role {} login nosuperuser nocreatedb nocreaterole noinherit nobypassrls password {}"
    )  # fmt: skip
    connection.execute(sql.SQL(statement).format(sql.Identifier(address.user), sql.Literal(address.password)))


def _refuse_foreign_password(address: Address) -> None:
    try:
        psycopg.connect(**address.for_psycopg()).close()
    except psycopg.OperationalError as error:
        raise RolesMissing(
            f"The role {address.user} exists on this server and does not accept the password in our data folder: "
            "another installation uses it, or the data folder was replaced. Bring the folder back, or set "
            "DATABASE_URL and DATABASE_OWNER_URL to roles of this installation."
        ) from error


def _bound(address: Address, **bounds: str) -> None:
    """Let the role set its own limits: a role may always do that, an administrator only for roles it has made."""
    bounds = {"jit": "off", "timezone": "UTC", **bounds}
    with psycopg.connect(**address.for_psycopg(), autocommit=True) as connection:
        for name, value in bounds.items():
            statement = sql.SQL("alter role {} set {} = {}")
            connection.execute(statement.format(sql.Identifier(address.user), sql.Identifier(name), sql.Literal(value)))


def _make_database(connection: psycopg.Connection, admin: Address) -> None:
    exists = connection.execute("select 1 from pg_database where datname = %s", [admin.database]).fetchone()
    if not exists:
        create_database(admin.named(connection.info.dbname), admin.database)


def _grant_database(connection: psycopg.Connection, database: str) -> None:
    parts = {"database": sql.Identifier(database), "owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    for statement in (
        "revoke all on database {database} from public",
        "grant connect, create, temporary on database {database} to {owner}",
        "grant connect, temporary on database {database} to {app}",
        "revoke create on schema public from public",
        "grant usage, create on schema public to {owner}",
        "grant usage on schema public to {app}",
    ):
        connection.execute(sql.SQL(statement).format(**parts))


def _grant_defaults(connection: psycopg.Connection) -> None:
    """What the owner creates from now on, the app may use; tables that need less revoke it in their migrations."""
    app = sql.Identifier(APP)
    for statement in (
        "alter default privileges in schema public grant select, insert, update, delete on tables to {}",
        "alter default privileges in schema public grant usage, select on sequences to {}",
    ):
        connection.execute(sql.SQL(statement).format(app))
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
