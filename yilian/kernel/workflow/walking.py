"""Walks over the rows of `participation` under which an institution finds its cases (docs/adr/0008)."""

from yilian.kernel.access.actor import Actor


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
