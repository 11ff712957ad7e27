"""What stands open: how the inbox divides, what of it is a department's, what was sent and is unanswered. Fenced too.

Both walk an index of `participation` and no further than WALK; see `queries`.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.queries import (
    BY_PRIORITY,
    CAP,
    MINE_AMONG,
    NOT_MINE,
    PAGE,
    PAST,
    Place,
    Row,
    order_of_rows,
    place_values,
    read_waiting,
    target_of,
)
from yilian.kernel.workflow.walking import at_departments, waiting_rows

WALK = 500
PATIENTS = f'"{target_of(Case._meta.get_field("patient")).db_table}"'


def inbox_groups(actor: Actor) -> list[Row]:
    """Return {kind, state, priority, n} of what waits for the actor's roles, the most urgent WALK of them."""
    return _fetched(
        f"""select w.kind, w.state, w.priority, count(distinct w.case_id) as n
            from (select p.kind, p.state, p.priority, p.case_id from participation p
                  where p.institution_id = %(institution)s and p.turn <> 0 and (p.turn & %(roles)s) <> 0
                  order by p.priority, p.due, p.case_id limit {WALK}) w
            group by w.kind, w.state, w.priority order by w.priority, w.kind, w.state""",
        {"institution": actor.institution_id, "roles": actor.roles},
    )


def inbox_of_department(
    actor: Actor, department_id: int, *, order: str = BY_PRIORITY, skip_to: Place | None = None, limit: int = PAGE
) -> list[Row]:
    """Return what waits for the actor's roles and names a department: of the first WALK in this order after a place."""
    where, values = _waiting_for(actor)
    if skip_to:
        where.append(PAST[order])
        values |= place_values(skip_to)
    inner = order_of_rows(order)
    picked = f"""select distinct {inner} from ({waiting_rows(where, inner, WALK)}) p
      where {at_departments(case_types)} order by {inner} limit {limit:d}"""
    return read_waiting(picked, order, values | {"department": department_id})


def count_of_department(actor: Actor, department_id: int) -> int:
    """Return how many of what waits for the actor's roles, the most urgent WALK of it, names a department."""
    where, values = _waiting_for(actor)
    walk = waiting_rows(where, order_of_rows(BY_PRIORITY), WALK)
    sql = f"select count(distinct p.case_id) as n from ({walk}) p where {at_departments(case_types)}"
    return int(_fetched(sql, values | {"department": department_id})[0]["n"])


def _waiting_for(actor: Actor) -> tuple[list[str], dict[str, Any]]:
    where = ["p.institution_id = %(institution)s", "p.turn <> 0", "(p.turn & %(roles)s) <> 0"]
    return where, {"institution": actor.institution_id, "roles": actor.roles}


def unanswered(actor: Actor, states: Sequence[tuple[str, str]], limit: int = PAGE, before: UUID | None = None
               ) -> list[Row]:  # fmt: skip
    """Return open cases opened here that stand in one of these (kind, state) and wait for somebody else, newest first.

    Older than `before`; each state is looked through among the newest WALK.
    """
    older = "and p.case_id < %(before)s" if before else ""
    return _fetched(
        f"""select c.id, c.kind, c.number, c.state, c.since, c.due, c.priority, c.version, c.flags, c.title,
              c.patient_id, pa.name as patient_label, pa.sex as patient_sex, pa.birth_on as patient_birth_on
            from (select w.case_id from unnest(%(kinds)s::text[], %(states)s::text[]) x(kind, state) cross join lateral
                    (select p.case_id, p.side, p.turn from participation p
                     where p.institution_id = %(institution)s and p.kind = x.kind and p.state = x.state
                       and p.prime and p.open {older} order by p.case_id desc limit {WALK}) w
                  where w.side = 1 and (w.turn & %(roles)s) = 0
                  order by w.case_id desc limit {limit + MINE_AMONG}) w
            join case_file c on c.id = w.case_id left join {PATIENTS} pa on pa.id = c.patient_id
            where {NOT_MINE} order by c.id desc limit {limit:d}""",
        {"institution": actor.institution_id, "roles": actor.roles, "before": before,
         "kinds": [kind for kind, _state in states], "states": [state for _kind, state in states]},
    )  # fmt: skip


def open_within(institution_id: int, consortium_id: int, limit: int = CAP) -> list[Row]:
    """Return the open cases of any kind that an institution has within one consortium, oldest first.

    A case that has moved on to others (`CaseType.former`) is no longer its business. Row security narrows the rows to
    what the reader sees; the institution itself sees all of them.
    """
    kinds = [(kind.key, kind.side(kind.former).code if kind.former else 0) for kind in case_types]
    return _fetched(
        """select c.id, c.kind, c.number, c.state, c.title
            from (select p.case_id, x.former from unnest(%(kinds)s::text[], %(formers)s::int[]) x(kind, former)
                  cross join lateral
                    (select p.case_id from participation p where p.institution_id = %(institution)s
                       and p.kind = x.kind and p.prime and p.open offset 0) p) k
            join case_file c on c.id = k.case_id
            where c.consortium_id = %(consortium)s
              and exists (select 1 from participation q where q.case_id = c.id
                          and q.institution_id = %(institution)s and q.side <> k.former)
            order by c.id limit %(limit)s""",
        {"institution": institution_id, "consortium": consortium_id, "limit": limit,
         "kinds": [key for key, _former in kinds], "formers": [former for _key, former in kinds]},
    )  # fmt: skip


def _fetched(sql: str, values: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
