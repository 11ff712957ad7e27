"""The three fenced SQL shapes: newest of a kind, inbox, counts. Lists use nothing else.

Ids are picked first, in a sub-select with a limit that walks an index of `participation`; then twenty rows are
joined. A free join under row security lets the planner drive from the wrong side and costs up to a thousand times
more (docs/adr/0002). A test runs EXPLAIN as the app for every shape. The statements stay prepared, so limits stand in
the text: a plan made for any limit prefers to read everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Field, ForeignKey, Model
from django.db.models.options import Options

from yilian.kernel.access.actor import Actor
from yilian.kernel.registries.keys import bounds
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.models import PRIORITIES, Case, Participation
from yilian.kernel.workflow.walking import AT_MARK, AT_PARTNER, at_department, sifted, under, walk_of

PAGE = 20
CAP = 100
WALK = 5000  # rows of one's own that a list with another institution looks through, newest first


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to. `states` empty means every state; `side` is a side code; times are of opening;
    `partner_id` is another institution that takes part, `department_id` a department that a question of the case
    names, `mark` a bit of its flags: looked for among the newest WALK that fit the rest. `order` is a key of ORDERS
    instead of newest first: open cases only, without these, `patient_id` and `number`; its pages go on from `skip_to`,
    the last row's place.
    """

    states: tuple[str, ...] = ()
    is_open: bool | None = None
    priority: int | None = None
    side: int | None = None
    patient_id: UUID | None = None
    number: str = ""
    partner_id: int | None = None
    department_id: int | None = None
    mark: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: UUID | None = None
    after: UUID | None = None
    limit: int = PAGE
    order: str = ""
    skip_to: "Place | None" = None


@dataclass(frozen=True)
class Place:
    """Where a row stands in a list that is ordered by due date or urgency."""

    due: datetime | None
    id: UUID
    priority: int = 0


Row = dict[str, Any]
BY_DUE, BY_PRIORITY = "due", "priority"
ORDERS = {BY_DUE: "c.due, c.id", BY_PRIORITY: "c.priority, c.due, c.id"}
"""How a list may be ordered other than newest first, by what an address calls it."""
PAST = {
    BY_DUE: "(coalesce(p.due, 'infinity'), p.case_id) > (coalesce(%(due)s::timestamptz, 'infinity'), %(id)s)",
    BY_PRIORITY: """p.priority >= %(rank)s and (p.priority, coalesce(p.due, 'infinity'), p.case_id)
      > (%(rank)s, coalesce(%(due)s::timestamptz, 'infinity'), %(id)s)""",
}
"""What holds of the rows after a place, by the order."""


def newest(case_type: CaseType, actor: Actor, narrow: Filter | None = None) -> list[Row]:
    """Return rows of a kind that the actor's institution takes part in, newest first.

    `before` and `after` are keys of a neighbouring page. Each row holds the columns of the case, those of the child
    that the type's columns name and, for every key to another table, `<name>_label`.
    """
    narrow = _only_open(case_type, narrow or Filter())
    where, values = _where(narrow)
    backwards = narrow.after is not None
    order = "asc" if backwards else "desc"
    last = f"c.id {order}"
    values |= {"institution": actor.institution_id, "kind": case_type.key}
    if narrow.order:
        fenced, last = _ordered(actor, narrow, where, values), ORDERS[narrow.order]
    elif narrow.patient_id or narrow.number:
        fenced = _searched(case_type, narrow, values, order)
    elif narrow.partner_id or narrow.department_id or narrow.mark:
        fenced = sifted(walk_of(actor, where, order, WALK), _tests(case_type, narrow, values), order, narrow.limit)
    else:
        fenced = walk_of(actor, where, order, narrow.limit)
    fields = listed_fields(case_type)
    joined = f"select {_columns(fields)} from ({fenced}) k {_joins(case_type, fields)}"
    rows = _rows(f"{joined} order by {last}", values)
    return rows[::-1] if backwards else rows


def one(case_type: CaseType, case_id: UUID) -> Row | None:
    """Return one case of a kind, with every column of the child and the labels of its keys; None for strangers."""
    fields = own_fields(case_type)
    picked = "(select %(id)s::uuid as case_id) k"
    found = _rows(f"select {_columns(fields)} from {picked} {_joins(case_type, fields)}", {"id": case_id})
    return found[0] if found else None


def inbox(actor: Actor, *, kind: str = "", state: str = "", priority: int | None = None,
          late_by: datetime | None = None, skip_to: Place | None = None, order: str = BY_DUE,
          limit: int = PAGE) -> list[Row]:  # fmt: skip
    """Return the cases that wait for one of the actor's roles, over all kinds, the earliest due first or by urgency.

    `skip_to` is the last row of the page before; `late_by` keeps what is due before that moment; `kind`, `state` and
    `priority` narrow.
    """
    where = ["p.institution_id = %(institution)s", "p.turn <> 0", "(p.turn & %(roles)s) <> 0"]
    values: dict[str, Any] = {"institution": actor.institution_id, "roles": actor.roles}
    if kind:
        where.append("p.kind = %(kind)s")
        values["kind"] = kind
    if state:
        where.append("p.state = %(state)s")
        values["state"] = state
    if priority is not None:
        where.append("p.priority = %(priority)s")
        values["priority"] = priority
    if late_by:
        where.append("p.due < %(late_by)s")
        values["late_by"] = late_by
    if skip_to:
        where.append(PAST[order])
        values |= place_values(skip_to)
    inner = order_of_rows(order)
    picked = f"""select distinct {inner} from participation p where {" and ".join(where)}
      order by {inner} limit {limit:d}"""
    return read_waiting(picked, order, values)


def order_of_rows(order: str) -> str:
    """Return an order of ORDERS as rows `p` of `participation` have it."""
    return ORDERS[order].replace("c.id", "p.case_id").replace("c.", "p.")


def read_waiting(picked: str, order: str, values: dict[str, Any]) -> list[Row]:
    """Return the lines of cases of any kind whose keys a fenced statement picked."""
    return _rows(
        f"""select c.id, c.kind, c.number, c.state, c.since, c.due, c.priority, c.version, c.flags, c.title,
              c.patient_id, pa.name as patient_label, pa.sex as patient_sex, pa.birth_on as patient_birth_on
            from ({picked}) k
            join case_file c on c.id = k.case_id left join {_table(Case, "patient")} pa on pa.id = c.patient_id
            order by {ORDERS[order]}""",
        values,
    )


def open_about(kind: str, patient_id: UUID) -> list[UUID]:
    """Return the keys of the open cases of a kind about a patient that the actor in scope sees, newest first."""
    rows = _rows(
        """select c.id from case_file c where c.patient_id = %(patient)s and c.kind = %(kind)s and c.open
           order by c.id desc""",
        {"kind": kind, "patient": patient_id},
    )
    return [row["id"] for row in rows]


NOT_MINE = """w.case_id not in (select o.case_id from participation o where o.institution_id = %(institution)s
                                  and o.turn <> 0 and (o.turn & %(roles)s) <> 0)"""
"""What was opened here waits for oneself where the institution takes part on another side as well."""
MINE_AMONG = 20
"""So many of those are left out of a page before it gets shorter."""


def waiting(actor: Actor, states: Sequence[tuple[str, str]], limit: int = PAGE, before: UUID | None = None
            ) -> list[Row]:  # fmt: skip
    """Return open cases opened here, in one of these (kind, state), in which it is somebody else's turn: newest first,
    older than `before`; looked for among the newest WALK. The fence keeps the planner, which takes the test of the
    turn for a rare one, from sorting them all.
    """
    older = "and p.case_id < %(before)s" if before else ""
    return _rows(
        f"""select c.id, c.kind, c.number, c.state, c.since, c.due, c.priority, c.version, c.flags, c.title,
              c.patient_id, pa.name as patient_label, pa.sex as patient_sex, pa.birth_on as patient_birth_on
            from (select w.case_id from (select p.case_id, p.kind, p.state, p.turn from participation p
                    where p.institution_id = %(institution)s and p.open and p.side = 1 {older}
                    order by p.case_id desc limit {WALK}) w
                  where (w.turn & %(roles)s) = 0
                    and (w.kind, w.state) in (select * from unnest(%(kinds)s::text[], %(states)s::text[]))
                  order by w.case_id desc limit {limit + MINE_AMONG}) w
            join case_file c on c.id = w.case_id left join {_table(Case, "patient")} pa on pa.id = c.patient_id
            where {NOT_MINE} order by c.id desc limit {limit:d}""",
        {"institution": actor.institution_id, "roles": actor.roles, "before": before,
         "kinds": [kind for kind, _state in states], "states": [state for _kind, state in states]},
    )  # fmt: skip


def count_inbox(actor: Actor, *, late_by: datetime | None = None) -> int:
    """Return how many cases wait for the actor's roles, at most CAP (then shown as "99+")."""
    late = "and p.due < %(late_by)s" if late_by else ""
    sql = f"""select count(*) as n from (select 1 from participation p where p.institution_id = %(institution)s
              and p.turn <> 0 and (p.turn & %(roles)s) <> 0 {late} limit {CAP}) x"""
    values = {"institution": actor.institution_id, "roles": actor.roles, "late_by": late_by}
    return int(_rows(sql, values)[0]["n"])


def badges(case_type: CaseType, actor: Actor) -> dict[str, int]:
    """Return the number of open cases per open state, each at most CAP."""
    open_states = [state for state in map(str, case_type.states) if not case_type.is_final(state)]
    walk = f"""select p.case_id from participation p where p.institution_id = %(institution)s
      and p.kind = %(kind)s and p.state = s.state and p.open and {{hat}} limit {CAP}"""
    some = under(actor, walk, "", CAP)
    rows = _rows(
        f"select s.state, (select count(*) from ({some}) z) as n from unnest(%(states)s::text[]) s(state)",
        {"institution": actor.institution_id, "kind": case_type.key, "states": open_states},
    )
    return {row["state"]: row["n"] for row in rows}


def party_names(case_ids: Sequence[UUID]) -> dict[UUID, list[tuple[int, int, str]]]:
    """Return (side code, institution id, name) of every party of these cases."""
    rows = _rows(
        f"""select p.case_id, p.side, p.institution_id, i.name from participation p
            join {_institution_table()} i on i.id = p.institution_id
            where p.case_id = any(%(ids)s) order by p.case_id, p.side""",
        {"ids": list(case_ids)},
    )
    found: dict[UUID, list[tuple[int, int, str]]] = {}
    for row in rows:
        found.setdefault(row["case_id"], []).append((row["side"], row["institution_id"], row["name"]))
    return found


def _where(narrow: Filter) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    values: dict[str, Any] = {}
    tests = (
        ("states", "p.state = any(%(states)s::text[])", list(narrow.states) or None),
        ("is_open", "p.open" if narrow.is_open else "not p.open", narrow.is_open),
        ("priority", "p.priority = %(priority)s", narrow.priority),
        ("side", "p.side = %(side)s", narrow.side),
        ("before", "p.case_id < %(before)s", narrow.before),
        ("after", "p.case_id > %(after)s", narrow.after),
    )
    for name, test, value in tests:
        if value is not None:
            parts.append(f"and {test}")
            values[name] = value
    if len(narrow.states) == 1:
        parts[0] = "and p.state = %(states_one)s"
        values["states_one"] = narrow.states[0]
    low, high = _opened_between(narrow)
    if low is not None:
        parts.append("and p.case_id >= %(low)s")
        values["low"] = low
    if high is not None:
        parts.append("and p.case_id < %(high)s")
        values["high"] = high
    return " ".join(parts), values


def _only_open(case_type: CaseType, narrow: Filter) -> Filter:
    """Say of states that are not final what they are: open; then an index that begins with the state is walked."""
    if narrow.states and narrow.is_open is None and not any(map(case_type.is_final, narrow.states)):
        return replace(narrow, is_open=True)
    return narrow


def _ordered(actor: Actor, narrow: Filter, where: str, values: dict[str, Any]) -> str:
    """Walk the open rows of a kind by urgency, or by due date within each urgency; these are then merged."""
    past = f"and {PAST[narrow.order]}" if narrow.skip_to else ""
    values |= place_values(narrow.skip_to) if narrow.skip_to else {}
    values["ranks"] = list(PRIORITIES)
    mine = f"""from participation p where p.institution_id = %(institution)s and {{hat}} and p.open
      and p.kind = %(kind)s {where} {past}"""
    if narrow.order == BY_PRIORITY:
        order = "order by p.priority, p.due, p.case_id"
        walk = f"select p.case_id, p.priority, p.due {mine} {order} limit {narrow.limit:d}"
        return under(actor, walk, order, narrow.limit)
    order = "order by p.due, p.case_id"
    walk = f"""select p.case_id, p.due from unnest(%(ranks)s::smallint[]) x(rank) cross join lateral
        (select p.case_id, p.due {mine} and p.priority = x.rank {order} limit {narrow.limit:d}) p
      {order} limit {narrow.limit:d}"""
    return under(actor, walk, order, narrow.limit)


def place_values(place: Place) -> dict[str, Any]:
    """Return the values that PAST compares with."""
    return {"due": place.due, "id": place.id, "rank": place.priority}


def _tests(case_type: CaseType, narrow: Filter, values: dict[str, Any]) -> list[str]:
    """Return what each case is looked up for, and note the values."""
    asked = (("partner", narrow.partner_id, AT_PARTNER), ("department", narrow.department_id, at_department(case_type)),
             ("mark", narrow.mark, AT_MARK))  # fmt: skip
    values |= {name: value for name, value, _test in asked if value}
    return [test for _name, value, test in asked if value]


def _opened_between(narrow: Filter) -> tuple[UUID | None, UUID | None]:
    low = bounds(narrow.since, narrow.since)[0] if narrow.since else None
    high = bounds(narrow.until, narrow.until)[1] if narrow.until else None
    return low, high


def _searched(case_type: CaseType, narrow: Filter, values: dict[str, Any], order: str) -> str:
    """Search by patient or number drives from the case itself; the wall's test on the row narrows it to the actor."""
    if narrow.patient_id:
        values["patient"] = narrow.patient_id
    if narrow.number:
        values |= {"number": narrow.number, "number_end": narrow.number + "\U0010ffff"}
    tests = [test for name, test in _ON_CASES.items() if name in values]
    where = " and ".join([*tests, *(test.format(case="c.id") for test in _tests(case_type, narrow, values))])
    return f"select c.id as case_id from case_file c where {where} order by c.id {order} limit {narrow.limit:d}"


_ON_CASES = {
    "kind": "c.kind = %(kind)s",
    "patient": "c.patient_id = %(patient)s",
    "number": "c.number >= %(number)s and c.number < %(number_end)s",
    "states": "c.state = any(%(states)s::text[])",
    "is_open": "c.open = %(is_open)s",
    "priority": "c.priority = %(priority)s",
    "side": """exists (select 1 from participation p where p.case_id = c.id
      and p.institution_id = %(institution)s and p.side = %(side)s)""",
    "low": "c.id >= %(low)s",
    "high": "c.id < %(high)s",
    "before": "c.id < %(before)s",
    "after": "c.id > %(after)s",
}
"""What a filter asks of the case itself, by the name of its value."""


def own_fields(case_type: CaseType) -> list[Field]:
    """Return the fields of the child's own table."""
    return [field for field in case_type.model._meta.local_fields if not field.primary_key]


def listed_fields(case_type: CaseType) -> list[Field]:
    """Return the fields of the child that columns name: reading eighty for a list costs more than all the rest."""
    names = {column.name for column in case_type.columns}
    fields = own_fields(case_type)
    return [field for field in fields if field.name in names or field.name.removesuffix("_name") in names]


def _columns(fields: Sequence[Field]) -> str:
    names = ["id", "kind", "number", "state", "open", "since", "due", "priority", "version", "flags", "title"]
    columns = [f"c.{name}" for name in [*names, "patient_id", "consortium_id"]]
    columns += [f'r."{field.column}"' for field in fields]
    columns += [f't_{field.name}."{label}" as {field.name}_label' for field, label, _ in _foreign(fields)]
    columns += ["t_patient.sex as patient_sex", "t_patient.birth_on as patient_birth_on"]
    return ", ".join(columns)


def _joins(case_type: CaseType, fields: Sequence[Field]) -> str:
    child = case_type.model._meta
    joins = ["join case_file c on c.id = k.case_id", f'join "{child.db_table}" r on r."{child.pk.column}" = c.id']
    for field, _, alias in _foreign(fields):
        target = target_of(field)
        joins.append(f'left join "{target.db_table}" t_{field.name} on t_{field.name}."{target.pk.column}" = {alias}')
    return " ".join(joins)


def _foreign(fields: Sequence[Field]) -> list[tuple[ForeignKey, str, str]]:
    """Return (key, label column of its target, column that holds it) of the case's and these foreign keys."""
    own = (cast(ForeignKey, Case._meta.get_field(name)) for name in ("patient", "consortium"))
    found = [(field, "name", f"c.{field.attname}") for field in own]
    for field in fields:
        if isinstance(field, ForeignKey) and _has_name(field):
            found.append((field, "name", f'r."{field.column}"'))
    return found


def _has_name(field: ForeignKey) -> bool:
    return any(other.column == "name" for other in target_of(field).local_fields)


def _table(model: type[Model], field: str) -> str:
    return f'"{target_of(model._meta.get_field(field)).db_table}"'


def _institution_table() -> str:
    return _table(Participation, "institution")


def target_of(field: Any) -> Options:
    """Return what Django knows of the model that a foreign key points to."""
    return cast(type[Model], field.related_model)._meta


def _rows(sql: str, values: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
