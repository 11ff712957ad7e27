"""Whose doings an institution looks after: its own, those of members where it leads, those of its region.

The same condition stands in the numbers about people, which no wall of cases protects.
"""

from datetime import date
from typing import Any

from django.db.models.expressions import RawSQL

from yilian.kernel.access.actor import Actor
from yilian.registry.consortia import consortia_of, members_of
from yilian.registry.models import Consortium, Institution
from yilian.registry.models.consortium import GRID_KINDS

OVERSEEN = """
select i.id from registry_institution i where i.id = any((select mine())::int[])
union
select m.institution_id from registry_consortium c join registry_membership m on m.consortium_id = c.id
 where c.lead_id = any((select mine())::int[])
   and local_time(now())::date between c.founded_on and coalesce(c.ended_on, local_time(now())::date)
   and local_time(now())::date between m.since_on and coalesce(m.until_on, local_time(now())::date)
union
select i.id from registry_institution a join registry_institution i on i.region_id like
  case when length(a.region_id) = 6 then regexp_replace(a.region_id, '(00)+$', '') else a.region_id end || '%%'
 where a.id = any((select mine())::int[]) and a.is_authority
"""
CONDITION = RawSQL(OVERSEEN, ())  # noqa: S611 - nothing of a request goes into it
"""Keys of the institutions that the scope looks after, for `institution__in`."""


def consortia_for(actor: Actor, on: date) -> list[Consortium]:
    """Return the consortia whose running the actor looks at: those it leads; for an authority those of its region.

    Somebody who oversees nothing looks at the consortia of the own institution, and sees that institution's part.
    What the own institution leads comes first, and groups and communities before alliances and networks.
    """
    seen = set(Institution.objects.filter(pk__in=CONDITION).values_list("pk", flat=True))
    rows = Consortium.objects.filter(lead__in=seen, founded_on__lte=on).exclude(ended_on__lt=on)
    found = list(rows) or consortia_of(actor.institution_id, on)
    return sorted(found, key=lambda row: (row.lead_id != actor.institution_id, row.kind not in GRID_KINDS, row.name))


def places_in(consortium: Consortium, on: date) -> list[Institution]:
    """Return the members of a consortium that the scope looks after, the lead first."""
    seen = set(Institution.objects.filter(pk__in=CONDITION).values_list("pk", flat=True))
    members: dict[int, Any] = {row.institution_id: row.institution for row in members_of(consortium.pk, on)}
    return [place for key, place in members.items() if key in seen and not place.is_authority]
