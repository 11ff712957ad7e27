"""Which institutions an institution looks after: itself, the members where it leads, those of its region."""

from django.db import connection

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor

OVERSEEN = """
select i.id, i.name from registry_institution i join registry_membership m on m.institution_id = i.id
  join registry_consortium c on c.id = m.consortium_id
 where c.lead_id = %(own)s and %(today)s between c.founded_on and coalesce(c.ended_on, %(today)s)
   and %(today)s between m.since_on and coalesce(m.until_on, %(today)s) and not i.is_authority
union
select i.id, i.name from registry_institution a join registry_institution i on i.region_id like
  case when length(a.region_id) = 6 then regexp_replace(a.region_id, '(00)+$', '') else a.region_id end || '%%'
 where a.id = %(own)s and a.is_authority and not i.is_authority
order by name
"""


def overseen_by(actor: Actor) -> list[tuple[int, str]]:
    """Return key and name of every institution that the actor looks after on this day, by at most one statement.

    Whose role does not oversee reads nobody else's results: to offer them would show known numbers as unknown.
    """
    if not actor.oversees:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OVERSEEN, {"own": actor.institution_id, "today": clock.today()})
        return cursor.fetchall()


def watched_by(actor: Actor) -> list[int]:
    """Return the consortia whose numbers the actor's scope shows whole: those it leads, those of its region."""
    if not actor.oversees:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select unnest(watched_consortia())")
        return [key for (key,) in cursor.fetchall()]
