"""What the check reads and writes of all agreements: SQL functions of the owner, since it belongs to no institution."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

FUNCTIONS = """
create function agreement_running(moment timestamptz)
  returns table (clause bigint, kind text, case_id uuid, consortium int, institutions int[], terms jsonb,
                 first date, last date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select cl.id, cl.kind, a.case_ptr_id, c.consortium_id, a.drafter_id || a.partners, cl.terms,
         greatest(a.begins_on, a.signed_on), coalesce(a.ended_on, a.ends_on)
    from agreement_agreement a join case_file c on c.id = a.case_ptr_id
    join agreement_clause cl on cl.case_id = a.case_ptr_id and not cl.is_dropped
    where a.in_force_since <= moment
    order by cl.id
$$;

create function agreement_settled() returns table (clause bigint, first date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select clause_id, first_on from agreement_finding where is_settled
$$;

create function agreement_keep(found jsonb, moment timestamptz) returns int
  language sql security definer set search_path = public, pg_temp as $$
  with kept as (
    insert into agreement_finding
      (case_id, clause_id, first_on, last_on, verdict, detail, rows, checked_at, is_settled)
    select x.case_id, x.clause, x.first, x.last, x.verdict, x.detail, x.rows, moment, x.settled
      from jsonb_to_recordset(found) x(case_id uuid, clause bigint, first date, last date, verdict text, detail text,
                                       rows jsonb, settled boolean)
      join agreement_clause cl on cl.id = x.clause and cl.case_id = x.case_id
    on conflict (clause_id, first_on) do update set last_on = excluded.last_on, verdict = excluded.verdict,
      detail = excluded.detail, rows = excluded.rows, checked_at = excluded.checked_at,
      is_settled = excluded.is_settled
    returning 1)
  select count(*)::int from kept
$$;

create function agreement_twice_broken()
  returns table (finding bigint, case_id uuid, consortium int, number text, subject text, title text, place bigint,
                 times bigint, detail text)
  language sql stable security definer set search_path = public, pg_temp as $$
  with aged as (
    select id, clause_id, verdict, filed_on, detail,
           row_number() over (partition by clause_id order by first_on desc) as age
      from agreement_finding where is_settled),
  ended as (
    select *, min(age) filter (where verdict <> 'broken') over (partition by clause_id) as stop from aged),
  streaks as materialized (
    select clause_id, count(*) as times, max(id) filter (where age = 1) as newest,
           max(detail) filter (where age = 1) as detail
      from ended where stop is null or age < stop group by clause_id
      having count(*) >= 2 and count(filed_on) = 0)
  select s.newest, cl.case_id, c.consortium_id, c.number, a.subject, cl.title,
         (select count(*) from agreement_clause o
            where o.case_id = cl.case_id and not o.is_dropped and (o.position, o.id) <= (cl.position, cl.id)),
         s.times, s.detail
    from streaks s join agreement_clause cl on cl.id = s.clause_id
    join agreement_agreement a on a.case_ptr_id = cl.case_id join case_file c on c.id = cl.case_id
    order by s.newest
$$;

create function agreement_filed(found bigint[], day date) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update agreement_finding set filed_on = day where id = any(found) and filed_on is null
$$;
revoke all on function agreement_running(timestamptz), agreement_settled(), agreement_keep(jsonb, timestamptz),
  agreement_twice_broken(), agreement_filed(bigint[], date) from public;
grant execute on function agreement_running(timestamptz), agreement_settled(), agreement_keep(jsonb, timestamptz),
  agreement_twice_broken(), agreement_filed(bigint[], date) to {app};
"""


@dataclass(frozen=True)
class Running:
    """A clause of an agreement that has come into force, with the first and last day of its term."""

    clause: int
    kind: str
    case_id: UUID
    consortium_id: int | None
    institutions: tuple[int, ...]
    terms: Mapping[str, Any]
    first: date
    last: date


@dataclass(frozen=True)
class Broken:
    """A clause that was broken in its last two periods or more and is on no agenda yet."""

    finding: int
    case_id: UUID
    consortium_id: int | None
    number: str
    subject: str
    title: str
    place: int
    times: int
    detail: str


def running(moment: datetime) -> list[Running]:
    """Return every clause that counts or has counted by a moment."""
    lines = _ask("select * from agreement_running(%s)", [moment])
    return [
        Running(clause, kind, case_id, consortium, tuple(places), json.loads(terms), first, last)
        for clause, kind, case_id, consortium, places, terms, first, last in lines
    ]


def settled() -> set[tuple[int, date]]:
    """Return (clause, first day) of every period that need not be looked at again."""
    return set(_ask("select clause, first from agreement_settled()", []))


def keep(found: Iterable[Mapping[str, Any]], moment: datetime) -> int:
    """Write findings, each anew or over the one of its period; return how many."""
    rows = json.dumps(list(found), default=str, ensure_ascii=False)
    return _ask("select agreement_keep(%s, %s)", [rows, moment])[0][0]


def twice_broken() -> list[Broken]:
    """Return what belongs onto an agenda."""
    return [Broken(*line) for line in _ask("select * from agreement_twice_broken()", [])]


def mark_filed(findings: list[int], day: date) -> None:
    """Note that findings went onto an agenda."""
    _ask("select agreement_filed(%s::bigint[], %s)", [findings, day])


def _ask(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
