"""What waits by state: how the inbox divides, and what was sent and stands unanswered. Fenced like the other shapes.

Both walk an index of `participation` and no further than WALK; see `queries`.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.queries import PAGE, Row, target_of

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
                  order by w.case_id desc limit {limit:d}) k
            join case_file c on c.id = k.case_id left join {PATIENTS} pa on pa.id = c.patient_id
            order by c.id desc""",
        {"institution": actor.institution_id, "roles": actor.roles, "before": before,
         "kinds": [kind for kind, _state in states], "states": [state for _kind, state in states]},
    )  # fmt: skip


def _fetched(sql: str, values: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
