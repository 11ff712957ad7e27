"""The months that are counted, as tables of a PostgreSQL of their own: what extracts read and the rivals count."""

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.lake.counting import lake_of, last_months

if TYPE_CHECKING:
    from yilian.kernel.lake.fact import Fact

FACTS = ("encounter", "order", "referral")
RECORD = "tables.json"
KNOWN = "fact_institution"
"""The name by which the product asks what is known of institutions."""


@contextmanager
def tables(chosen: Namespace) -> Iterator[list[int]]:
    """Have a server run with the tables of the last months; give its process ids."""
    from django.conf import settings

    from yilian.kernel.postgres.place import in_use

    chosen.home.mkdir(parents=True, exist_ok=True)
    with in_use(settings.PLACE, settings.HOME):
        record = Path(settings.HOME) / RECORD
        wanted = [chosen.encounters, *last_months(chosen.months)]
        if not record.exists() or json.loads(record.read_text()) != wanted:
            record.unlink(missing_ok=True)
            _load(chosen)
            record.write_text(json.dumps(wanted))
        server = settings.PLACE.server()
        yield [pid for pid in [server.pid() if server else None] if pid]


def named(key: str) -> str:
    """Return the name of the table of a fact."""
    return f"bench_{key}"


def as_table(key: str) -> "Fact":
    """Return a fact as if its rows were in PostgreSQL."""
    from dataclasses import replace

    from yilian.kernel.lake.fact import facts

    return replace(facts[key], view=named(key))


def _load(chosen: Namespace) -> None:
    from yilian.kernel.lake import source as sources
    from yilian.kernel.lake.duck import duck

    held, months = lake_of(chosen), last_months(chosen.months)
    files = {key: held.files(key, months[0], months[-1]) for key in FACTS}
    with duck(chosen.lake) as connection, sources.opened() as source:
        for name, paths in [*((named(key), paths) for key, paths in files.items()), (KNOWN, held.files("institution"))]:
            with source.connection.cursor() as cursor:
                cursor.adbc_ingest(name, _rows(connection, paths), mode="replace")
            source.connection.commit()
    vacuum([*map(named, FACTS), KNOWN])


def _rows(connection: Any, paths: list[Path]) -> Any:
    from yilian.kernel.lake.duck import listed

    return connection.execute(f"select * from read_parquet({listed(paths)})").to_arrow_reader(100_000)


def vacuum(names: list[str]) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        for name in names:
            cursor.execute(f'vacuum (analyze) "{name}"')
