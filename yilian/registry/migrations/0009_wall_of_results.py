"""Who reads stored results: an institution its own, a lead those of its consortia, an authority those of its region.

Only roles that oversee read those of others: `mine()` then holds the institution with a minus sign too.
"""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

WATCHED = """
create or replace function region_begins(code text) returns text language sql immutable as $$
  select case when length(code) > 6 then code when code like '%0000' then left(code, 2)
              when code like '%00' then left(code, 4) else code end
$$;
create or replace function watched_consortia() returns int[] language sql stable as $$
  select coalesce(array_agg(distinct c.id), '{}') from registry_consortium c
    where exists (select 1 from registry_membership m
                   where m.consortium_id = c.id and m.role = 'lead' and -m.institution_id = any(mine())
                     and m.since_on <= current_date and (m.until_on is null or m.until_on >= current_date))
       or exists (select 1 from registry_institution a
                   where a.is_authority and -a.id = any(mine()) and c.region_id like region_begins(a.region_id) || '%')
$$;
create or replace function watched_institutions() returns int[] language sql stable as $$
  select coalesce(array_agg(distinct i), '{}') from (
    select m.institution_id as i from registry_membership m
      where m.since_on <= current_date and (m.until_on is null or m.until_on >= current_date)
        and exists (select 1 from registry_membership l
                     where l.consortium_id = m.consortium_id and l.role = 'lead' and -l.institution_id = any(mine())
                       and l.since_on <= current_date and (l.until_on is null or l.until_on >= current_date))
    union all
    select p.id from registry_institution a join registry_institution p
        on p.region_id like region_begins(a.region_id) || '%' where a.is_authority and -a.id = any(mine())
    union all select unnest(mine())
  ) seen where i > 0
$$;
"""
WALL = """
alter table indicators_measured enable row level security;
create policy readers on indicators_measured for select to {app} using (
  institution_id = any((select mine())::int[])
  or consortium_id = any((select watched_consortia())::int[])
  or consortium_id is null and institution_id = any((select watched_institutions())::int[]));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_star"),
        ("indicators", "0004_storing"),
        ("workflow", "0002_wall"),
    ]
    operations = [OwnerSQL(WATCHED), OwnerSQL(WALL)]
