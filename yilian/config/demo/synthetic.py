"""Care data that nobody ever had: the same for the same seed, month by month, at any size in bounded memory.

Every number comes from a hash of the row's number, so that any month can be made without those before it. For the demo
city and for benchmarks; shares and prices are made up to look plausible and mean nothing.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SLOTS = 1000
GROWTH, SEASON = 0.006, 0.12
DIAGNOSES = (
    ("J06.9", 140), ("I10", 130), ("E11.9", 80), ("J20.9", 60), ("K29.5", 50), ("M54.5", 50), ("I25.1", 50),
    ("Z00.0", 50), ("J18.9", 40), ("I63.9", 40), ("K52.9", 35), ("N39.0", 30), ("J44.1", 30), ("B34.9", 30),
    ("R51", 30), ("L30.9", 30), ("K80.2", 20), ("S52.5", 20), ("O80", 20), ("I50.9", 20), ("H25.9", 20),
    ("C34.9", 15), ("F41.1", 15), ("E10.9", 5),
)  # fmt: skip


@dataclass(frozen=True)
class Somewhere:
    """An institution: its key, tier (1 to 3) and county, its share of all visits, and where it sends up."""

    institution: int
    tier: int
    county: str
    share: float
    above: int


def months_between(first: int, count: int) -> list[int]:
    """Return so many months (yyyymm) from the first on."""
    start = first // 100 * 12 + first % 100 - 1
    return [(start + step) // 12 * 100 + (start + step) % 12 + 1 for step in range(count)]


def spread(rows: int, months: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (month, first row, rows): visits grow slowly and there are more in winter."""
    weights = [
        (1 + GROWTH * place) * (1 + SEASON * math.cos((month % 100 - 1) / 6 * math.pi))
        for place, month in enumerate(months)
    ]
    begun = 0
    for month, weight in zip(months, weights, strict=True):
        count = int(rows * weight / sum(weights))
        yield month, begun, count
        begun += count


def settle(connection: "duckdb.DuckDBPyConnection", places: Sequence[Somewhere], people: int, seed: int) -> None:
    """Make the tables and the macro that the months are made from."""
    drawn = f"hash(i::bigint * 1000003 + s + {seed})"
    connection.execute(f"create macro u(i, s) as ({drawn} >> 11)::double / 9007199254740992")
    slots = ", ".join(map(str, _slots(places)))
    connection.execute(
        f"create temp table slots as select * from (values {slots}) v(slot, institution, tier, place, above)"
    )
    counties = sorted({place.county for place in places})
    codes = ", ".join(f"'{code}'" for code in [*counties, "990900"])
    ends, total = 0.0, sum(weight for _, weight in DIAGNOSES)
    cases = []
    for code, weight in DIAGNOSES:
        ends += weight / total
        cases.append(f"when r < {ends:.6f} then '{code}'")
    connection.execute(f"create macro illness(r) as case {' '.join(cases)} else 'R51' end")
    nth = f"least(floor(r * {len(counties) + 0.6})::int + 1, {len(counties) + 1})"
    connection.execute(f"create macro home_of(r) as ([{codes}])[{nth}]")
    connection.execute(f"create macro person(r) as floor({people} * pow(r, 1.6))::bigint")


def _slots(places: Sequence[Somewhere]) -> Iterator[tuple[int, int, int, str, int]]:
    whole = sum(place.share for place in places)
    ends, slot = 0.0, 0
    for place in places:
        ends += place.share / whole * SLOTS
        while slot < round(ends):
            yield slot, place.institution, place.tier, place.county, place.above
            slot += 1


def make_visits(connection: "duckdb.DuckDBPyConnection", spans: Sequence[tuple[int, int, int]]) -> None:
    """Make the table `visits` of some months, each given as (month, first row, rows)."""
    months = [f"(make_date({month // 100}, {month % 100}, 1), {first}, {first + rows})" for month, first, rows in spans]
    begun, ends = spans[0][1], spans[-1][1] + spans[-1][2]
    connection.execute(f"""create or replace temp table visits as
    with spans as (select * from (values {", ".join(months)}) v(month_day, begun, ends)),
    drawn as (
      select i, month_day, person(u(i, 1)) as p, floor(u(i, 2) * {SLOTS})::int as slot, u(i, 3) as kind,
             u(i, 4) as moment, u(i, 5) as ill, u(i, 6) as price, u(i, 7) as part, u(i, 8) as luck, u(i, 9) as bad
        from range({begun}, {ends}) t(i) join spans on i >= begun and i < ends),
    placed as (
      select d.*, s.institution, s.tier, s.place, s.above,
             case when kind < [0.02, 0.10, 0.16][s.tier] then 'inpatient' when kind > 0.965 then 'emergency'
                  else 'outpatient' end as visit_type
        from drawn d join slots s using (slot)),
    timed as (
      select *, visit_type = 'inpatient' as is_in,
             month_day + to_seconds(
               (floor(moment * day(last_day(month_day))) * 86400 + 25200 + floor(part * 46800))::bigint) as end_at,
             1 + least(floor(-ln(luck + 1e-9) * 6), 60)::int as stay,
             floor(case when visit_type = 'inpatient' then 240000 * (0.6 + tier * 0.35)
                        else 11000 * (0.6 + tier * 0.3) end
                   * exp(0.8 * sqrt(-2 * ln(price + 1e-12)) * cos(6.2831853 * part)))::bigint as cost
        from placed)
    select i, institution, tier, above, p as patient, visit_type, is_in, cost, ill, luck, bad,
           case when is_in then end_at - to_days(stay) else end_at - to_minutes(40) end as start_at, end_at,
           case when p % 2 = 0 then '1' else '2' end as sex, floor(u(p, 79) * 90)::int as age,
           case when u(p, 77) < 0.8 then place else home_of(u(p, 78)) end as home, illness(ill) as diagnosis,
           case when is_in and u(i, 10) < 0.12 * tier then 1 + floor(u(i, 11) * (tier + 0.99))::int
                else 0 end as surgery_level,
           u(i, 12) < 0.16 as tcm, u(p, 80) < 0.7 as is_family_doctor,
           case when u(p, 81) < 0.3 then 'employee' when u(p, 81) < 0.93 then 'resident' else 'none' end as insurance,
           floor(cost * (0.2 + 0.15 * u(i, 13)))::bigint as drug, floor(cost * 0.12 * u(i, 14))::bigint as material,
           floor(cost * (0.1 + 0.15 * u(i, 15)))::bigint as exam, floor(cost * 0.25)::bigint as service,
           case when u(p, 81) < 0.93 then floor(cost * (0.4 + 0.3 * u(i, 16)))::bigint else 0 end as paid,
           is_in and u(i, 17) < 0.014 as hai, u(i, 18) < 0.004 as adverse, is_in and u(i, 19) < 0.006 as died,
           is_in and u(i, 20) < 0.03 as is_readmitted, u(i, 21) < 0.02 * tier as is_referred_in
      from timed""")


def orders_of(visits: str) -> str:
    """Return the query of the orders of a table of visits, about one for each."""
    return f"""
    select v.i * 4 + j as i, v.institution, v.patient, v.above, v.tier,
           case when u(v.i * 4 + j, 32) < 0.75 then 'lab' else 'imaging' end as category,
           'L' || floor(u(v.i * 4 + j, 31) * 180)::int as item, v.start_at + to_minutes(10 + 30 * j) as ordered_at,
           v.start_at + to_seconds((3600 + 30 * 60 * j + floor(u(v.i * 4 + j, 33) * 80000))::bigint) as result_at,
           floor(2000 + u(v.i * 4 + j, 36) * 40000)::bigint as fee, u(v.i * 4 + j, 34) < 0.18 as recognisable,
           u(v.i * 4 + j, 35) < 0.35 + 0.1 * v.tier as would_recognise, u(v.i * 4 + j, 37) < 0.004 as critical,
           -ln(u(v.i * 4 + j, 38) + 1e-9) * 900 as notice, v.tier = 1 and u(v.i * 4 + j, 39) < 0.4 as sent_out
      from {visits} v cross join (values (0), (1), (2), (3)) r(j) where u(v.i * 4 + j, 30) < 0.25"""
