"""Which tables are watched, and the SQL that turns the epoch when one of them changes.

A trigger marks the transaction that writes, so that it no longer trusts kept answers, and queues one turn of the epoch
for its commit: the lock on the epoch lasts as long as a commit, and who sees the new epoch sees the new rows too.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

SCHEMA = """
create table almanac_epoch (only_one boolean primary key default true check (only_one), epoch bigint not null);
insert into almanac_epoch (epoch) values (1);
create table almanac_turn (id bigint generated always as identity primary key);

create function almanac_written() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if coalesce(current_setting('app.written', true), '') = '' then
    perform set_config('app.written', 'yes', true);
    insert into almanac_turn default values;
  end if;
  return null;
end $$;

create function almanac_turn() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  delete from almanac_turn where id = new.id;
  update almanac_epoch set epoch = epoch + 1;
  return null;
end $$;
create constraint trigger almanac_turn after insert on almanac_turn deferrable initially deferred
  for each row execute function almanac_turn();
revoke insert, update, delete, truncate on almanac_epoch, almanac_turn from {app};
"""

EPOCH = "(select epoch from almanac_epoch where coalesce(current_setting('app.written', true), '') = '')"
"""The epoch, or null in a transaction that has written to a watched table itself."""

_watched: set[str] = set()


def watch(*models: str) -> None:
    """Name models (app.Model) whose rows `kept` functions read; called when apps are ready."""
    _watched.update(models)


def is_watched(row: Model) -> bool:
    """Say whether a row belongs to a watched table."""
    return row._meta.label in _watched


def put_triggers(using: str = "default", **signal: Any) -> None:
    """Put the trigger on every watched table; runs as the owner after migrations."""
    with connections[using].cursor() as cursor:
        for name in sorted(_watched):
            table = apps.get_model(name)._meta.db_table
            cursor.execute("select to_regclass(%s)", [f'"{table}"'])
            if cursor.fetchone()[0] is None:
                continue
            cursor.execute(
                f'create or replace trigger almanac after insert or update or delete or truncate on "{table}" '
                "for each statement execute function almanac_written()"
            )
