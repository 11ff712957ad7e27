"""What the parties of all agreements recorded and delivered, for many duties at once.

Two SQL functions of the owner: the check belongs to no institution. They answer for the keys they are given.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from yilian.domains.agreement.attachment_kinds import DELIVERY
from yilian.registry.clauses import Duty, Row

FUNCTIONS = """
create function agreement_fulfilled(asked jsonb)
  returns table (place int, amount bigint, is_kept boolean, rows jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  with a as (select row_number() over ()::int as place, x.* from jsonb_to_recordset(asked)
               x(clause bigint, first date, last date)),
       f as (select clause_id, done_on, amount, what from agreement_fulfilment
               where clause_id in (select clause from a))
  select a.place, coalesce(sum(f.amount) filter (where f.done_on between a.first and a.last), 0),
         count(f.clause_id) > 0,
         coalesce(jsonb_agg(jsonb_build_object('on', f.done_on, 'what', f.what, 'n', f.amount) order by f.done_on)
                  filter (where f.done_on between a.first and a.last), '[]')
    from a left join f on f.clause_id = a.clause group by a.place order by a.place
$$;

create function agreement_delivered(asked jsonb, wanted text)
  returns table (place int, rows jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  with a as (select row_number() over ()::int as place, x.* from jsonb_to_recordset(asked)
               x("case" uuid, provider int, first timestamptz, last timestamptz))
  select a.place, coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title) order by d.at)
                           filter (where d.id is not null), '[]')
    from a left join documents_attachment d on d.case_id = a."case" and d.kind = wanted and d.removed_at is null
      and d.institution_id = a.provider and d.at >= a.first and d.at < a.last
    group by a.place order by a.place
$$;
revoke all on function agreement_fulfilled(jsonb), agreement_delivered(jsonb, text) from public;
grant execute on function agreement_fulfilled(jsonb), agreement_delivered(jsonb, text) to {app};
"""


@dataclass(frozen=True)
class Total:
    """What was recorded for a clause in a period; `is_kept_at_all`: something was recorded for it at some time."""

    amount: int
    is_kept_at_all: bool
    rows: tuple[Row, ...]


def fulfilled(duties: Sequence[Duty]) -> list[Total]:
    """Return what was recorded for each duty, in their order."""
    asked = [{"clause": clause_of(duty), "first": duty.first, "last": duty.last} for duty in duties]
    lines = _ask("select amount, is_kept, rows from agreement_fulfilled(%s)", [_json(asked)])
    return [
        Total(int(amount), is_kept, tuple(_recorded(duty, row) for row in json.loads(rows)))
        for duty, (amount, is_kept, rows) in zip(duties, lines, strict=True)
    ]


def delivered(duties: Sequence[Duty]) -> list[tuple[Row, ...]]:
    """Return the files that were provided for each duty, in their order."""
    from yilian.domains.agreement.checking.periods import moments_of

    asked = []
    for duty in duties:
        first, last = moments_of(duty)
        provider = int(duty.terms.get("provider") or 0)
        asked.append({"case": duty.case_id, "provider": provider, "first": first, "last": last})
    lines = _ask("select rows from agreement_delivered(%s, %s)", [_json(asked), DELIVERY])
    return [
        tuple(Row(row["title"], f"/files/{row['id']}/", duty.case_id) for row in json.loads(rows))
        for duty, (rows,) in zip(duties, lines, strict=True)
    ]


def clause_of(duty: Duty) -> int:
    """Return the clause that a duty's key names."""
    return int(duty.key.partition(":")[0])


def _recorded(duty: Duty, row: dict) -> Row:
    return Row(f"{row['on']} {row['what']} × {row['n']}", f"/agreement/{duty.case_id}/", duty.case_id)


def _json(asked: list[dict]) -> str:
    return json.dumps(asked, default=str)


def _ask(sql: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
