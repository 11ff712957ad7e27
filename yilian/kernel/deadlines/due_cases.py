"""Which cases need the clock: two SQL functions that look at every institution's cases, which nobody else may.

They run as the owner and return keys only; what is then done happens in the scope of one of the case's parties.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from yilian.kernel import clock
from yilian.kernel.deadlines.models import Stage
from yilian.kernel.rules.due import due_at
from yilian.kernel.workflow.case_type import case_types

FUNCTIONS = """
create index case_due on case_file (due) where open and due is not null;

create function cases_to_lapse(moment timestamptz, kinds text[], states text[], again_before timestamptz, most int)
  returns table (case_id uuid, institution_id int, kind text, due timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, coalesce((select p.institution_id from participation p
                         where p.case_id = c.id and p.turn <> 0 order by p.side limit 1), c.parties[1]), c.kind, c.due
    from case_file c join unnest(kinds, states) l(kind, state) on l.kind = c.kind and l.state = c.state
    where c.open and c.due is not null and c.due <= moment
      and not exists (select 1 from deadlines_deadlinestage s
                      where s.case_id = c.id and s.due = c.due and s.stage = 'stuck' and s.at > again_before)
    order by c.due limit most
$$;

create function cases_at_stage(wanted text, latest timestamptz, moment timestamptz, most int)
  returns table (case_id uuid, institution_id int, kind text, due timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, coalesce((select p.institution_id from participation p
                         where p.case_id = c.id and p.turn <> 0 order by p.side limit 1), c.parties[1]), c.kind, c.due
    from case_file c
    where c.open and c.due is not null and c.due <= latest
      and (wanted <> 'soon' or (c.due > moment and c.due - least(latest - moment, (c.due - c.since) / 2) <= moment))
      and not exists (select 1 from deadlines_deadlinestage s
                      where s.case_id = c.id and s.due = c.due and s.stage = wanted)
    order by c.due limit most
$$;

revoke all on function cases_to_lapse(timestamptz, text[], text[], timestamptz, int) from public;
revoke all on function cases_at_stage(text, timestamptz, timestamptz, int) from public;
grant execute on function cases_to_lapse(timestamptz, text[], text[], timestamptz, int) to {app};
grant execute on function cases_at_stage(text, timestamptz, timestamptz, int) to {app};
revoke delete, truncate on deadlines_deadlinestage from {app};
"""

MOST = 500
AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class DueCase:
    """A case the clock has to look at, seen from the institution whose turn it is."""

    case_id: UUID
    institution_id: int
    kind: str
    due: datetime


def to_lapse(moment: datetime) -> list[DueCase]:
    """Return cases that have outlasted the due date, and its grace, in a state that lapses.

    One that could not lapse waits an hour.
    """
    found: list[DueCase] = []
    for grace, lines in _lapsing().items():
        kinds, states = (list(column) for column in zip(*lines, strict=True))
        found += _ask(
            "select * from cases_to_lapse(%s, %s::text[], %s::text[], %s, %s)",
            [moment - grace, kinds, states, moment - AGAIN_AFTER, MOST],
        )
    return found


def _lapsing() -> dict[timedelta, list[tuple[str, str]]]:
    """Return (kind, state) of every state that lapses, by the grace its deadline gives (one for all institutions)."""
    found: dict[timedelta, list[tuple[str, str]]] = {}
    start = clock.now()
    for kind in case_types:
        for line in kind.flow.deadlines:
            if line.lapse:
                end = due_at(line.grace, start) if line.grace else None
                found.setdefault((end or start) - start, []).append((kind.key, line.state))
    return found


def at_stage(stage: Stage, moment: datetime, latest: datetime) -> list[DueCase]:
    """Return cases due at `latest` or before for which this stage was not told yet.

    For Stage.SOON, those not due yet whose time is more than half over or that are due by `latest`, whichever is later.
    """
    return _ask("select * from cases_at_stage(%s, %s, %s, %s)", [stage, latest, moment, MOST])


def _ask(sql: str, values: list[Any]) -> list[DueCase]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [DueCase(*row) for row in cursor.fetchall()]
