"""A lake of any size made up in bounded memory: encounters, their orders and referrals, and 300 institutions.

Ten counties, 20 consortia, three years; whoever measures engines reads it by its manifest.
"""

import json
import shutil
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.lake.spending import spent

FIRST, MONTHS, INSTITUTIONS, CONSORTIUM = 202401, 36, 300, 15
RECORD = "made.json"
REFERRED = """
  select institution as sender, above as receiver, {month} as month, 'r' || i as row_key,
         institution // 15 as consortium,
         case when tier = 3 then 'down' else 'up' end as direction, true as is_inside_consortium, patient, diagnosis,
         start_at as sent_at, start_at + interval 4 hour as answer_due_at,
         case when luck < 0.94 then start_at + to_seconds(floor(-ln(luck + 1e-9) * 7200)::bigint) end as accepted_at,
         accepted_at as answered_at,
         case when luck < 0.94 then 'completed' when luck < 0.98 then 'declined' else 'expired' end as state
    from visits where u(i, 90) < 0.03"""


def making(chosen: Namespace) -> dict[str, Any]:
    """Make the lake unless it is there; return what is in it and what making it took."""
    record = chosen.lake / RECORD
    if not record.exists():
        shutil.rmtree(chosen.lake, ignore_errors=True)
        found, cost = spent(lambda: generate(chosen.encounters, chosen.lake))
        per_second = round(chosen.encounters / max(cost["cpu_seconds"], 0.01))
        record.write_text(json.dumps(found | cost | {"rows_per_cpu_second": per_second}))
    _write_empty(chosen.lake)  # facts that were declared after it was made have no rows in it
    found = json.loads(record.read_text())
    return found | {"words": f"{found['cpu_seconds']} s of processor time, {found['bytes'] // 2**20} MiB"}


def generate(encounters: int, at: Path) -> dict[str, Any]:
    """Make a lake of so many encounters in an empty folder; return how many rows and bytes there are."""
    from yilian.config.demo.synthetic import make_visits, months_between, settle, spread
    from yilian.kernel import clock
    from yilian.kernel.lake.columns import schema_of
    from yilian.kernel.lake.duck import duck
    from yilian.kernel.lake.fact import facts
    from yilian.kernel.lake.manifest import Manifest, write_manifest

    at.mkdir(parents=True)
    parts: list[Any] = []
    _write_empty(at)
    with duck(at) as connection:
        settle(connection, places(), max(encounters // 6, 1000), 1)
        parts += _written(connection, "institution", _institutions(), at)
        for span in spread(encounters, months_between(FIRST, MONTHS)):
            make_visits(connection, [span])
            for key, query in queries(span[0]).items():
                parts += _written(connection, key, query, at)
    shapes = {fact.key: str(schema_of(fact)) for fact in facts if fact.is_fed}
    write_manifest(replace(Manifest(), parts=tuple(parts), shapes=shapes, refreshed_at=clock.now(), folder=at))
    keys = dict.fromkeys(part.fact for part in parts)
    return {
        "rows": {key: sum(part.rows for part in parts if part.fact == key) for key in keys},
        "bytes": sum(part.size for part in parts),
    }


def _write_empty(at: Path) -> None:
    from yilian.kernel.lake.fact import facts
    from yilian.kernel.lake.writing import write_empty

    for fact in facts:
        write_empty(fact, at)


def places() -> list[Any]:
    """Return the institutions: 20 consortia of 15, one large, two medium and twelve small ones each."""
    from yilian.config.demo.synthetic import Somewhere

    found = []
    for number in range(INSTITUTIONS):
        rank, lead = number % 15, number - number % 15
        tier, share = (3, 8.0) if rank == 0 else (2, 3.0) if rank < 3 else (1, 1.0)
        found.append(Somewhere(number, tier, f"9901{number // 30:02d}", share, lead))
    return found


def _institutions() -> str:
    rows = ", ".join(f"({place.institution}, {place.tier}, '{place.county}')" for place in places())
    return (
        f"select institution, 0 as month, institution::varchar as row_key, tier, tier = 1 as is_primary, county"
        f" from (values {rows}) v(institution, tier, county)"
    )


def queries(month: int) -> dict[str, str]:
    """Return the queries of the facts of a month over the table `visits`; columns they leave out are unknown."""
    from yilian.config.demo.synthetic import orders_of

    los = "case when is_in then datediff('day', start_at::date, end_at::date) end as los"
    return {
        "encounter": f"select * exclude (tier, above, is_in, ill, luck, bad, i), {month} as month, 'e' || i as row_key,"
        f" {los}, regexp_matches(diagnosis, '^(I1[0-5]|E1[0-4])') as is_chronic, insurance <> 'none' as insured,"
        " case when adverse then u(i, 91) < 0.7 end as adverse_reported from visits order by institution",
        "order": f"select * exclude (i, above, tier, would_recognise, notice, sent_out), {month} as month,"
        " 'o' || i as row_key, case when recognisable then would_recognise end as recognised,"
        " case when critical then result_at + to_seconds(notice::bigint) end as notified_at,"
        f" case when sent_out then above else institution end as resulting from ({orders_of('visits')})"
        " order by institution",
        "referral": REFERRED.format(month=month),
    }


def _written(connection: Any, key: str, query: str, at: Path) -> list[Any]:
    """Write what a query knows of a fact, null where it knows nothing."""
    from yilian.kernel.lake.columns import schema_of
    from yilian.kernel.lake.fact import facts
    from yilian.kernel.lake.writing import columns_sql, write_query

    there = {row[0] for row in connection.execute(f"describe {query}").fetchall()}
    missing = "".join(f', null as "{name}"' for name in schema_of(facts[key]).names if name not in there)
    return write_query(
        connection, facts[key], f"select {columns_sql(facts[key])} from (select *{missing} from ({query}))", at
    )
