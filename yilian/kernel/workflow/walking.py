"""Walks over the rows of `participation` under which an institution finds its cases (docs/adr/0008)."""

from collections.abc import Iterable

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import CaseType


def under(actor: Actor, walk: str, order: str, limit: int) -> str:
    """Return a walk over the rows in which the actor's institution has a hand; `{hat}` stands for what marks them.

    For a role that oversees it is merged with the same walk over the rows that the institution only watches: each goes
    through an index of its own, and what neither a doctor may see nor an index skip is never walked.
    """
    if not actor.oversees:
        return walk.replace("{hat}", "p.prime")
    both = " union ".join(f"({walk.replace('{hat}', hat)})" for hat in ("p.prime", "p.watches"))
    return f"select * from ({both}) p {order} limit {limit:d}"


def walk_of(actor: Actor, where: str, order: str, limit: int) -> str:
    """Walk the rows of a kind by key."""
    by_key = f"order by p.case_id {order}"
    walk = f"""select p.case_id from participation p
      where p.institution_id = %(institution)s and {{hat}} and p.kind = %(kind)s {where} {by_key} limit {limit:d}"""
    return under(actor, walk, by_key, limit)


def sifted(walk: str, tests: list[str], order: str, limit: int) -> str:
    """Look up each row of a walk, and keep those that pass every test; `{case}` in a test is the key of the row."""
    passed = " and ".join(test.format(case="w.case_id") for test in tests)
    return f"select w.case_id from ({walk}) w where {passed} order by w.case_id {order} limit {limit:d}"


# `offset 0` keeps a look-up for each row from becoming a join of everything.
AT_PARTNER = """exists (select 1 from participation q where q.case_id = {case}
  and q.institution_id = %(partner)s offset 0)"""

AT_MARK = "exists (select 1 from case_file f where f.id = {case} and f.flags & %(mark)s <> 0 offset 0)"


def at_department(case_type: CaseType) -> str:
    """Return the test that a case names a department, in any of its questions for one; false where none asks."""
    if not case_type.departments:
        return "false"
    child = case_type.model._meta
    columns = {field.name: field.column for field in child.local_fields}
    names = ", ".join(f'r."{columns[name]}"' for name in case_type.departments)
    return f"""exists (select 1 from "{child.db_table}" r where r."{child.pk.column}" = {{case}}
      and %(department)s in ({names}) offset 0)"""


def at_departments(kinds: Iterable[CaseType]) -> str:
    """Return the test that a row `p`, of whatever kind, is of a case that names a department."""
    tests = [
        f"p.kind = '{kind.key}' and {at_department(kind).format(case='p.case_id')}"
        for kind in kinds
        if kind.departments
    ]
    return f"({' or '.join(f'({test})' for test in tests)})" if tests else "false"


def waiting_rows(where: list[str], order: str, limit: int) -> str:
    """Return the first rows that wait, in an order of theirs."""
    columns = "p.case_id, p.kind, p.due, p.priority"
    return f"select {columns} from participation p where {' and '.join(where)} order by {order} limit {limit:d}"
