"""Who sees feeds: the institution that sent them; how months fared also the lead of its consortium and its authority."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

MINE = "any((select mine())::int[])"
WALL = f"""
alter table encounter_feed enable row level security;
create policy wall on encounter_feed to {{app}} using (institution_id = {MINE}) with check (institution_id = {MINE});
revoke delete, truncate on encounter_feed from {{app}};

create function feeds_overseen(place int) returns boolean language sql stable parallel safe as $$
  select exists (select 1 from registry_membership m join registry_consortium c on c.id = m.consortium_id
                  where m.institution_id = place and c.lead_id = {MINE}
                    and (m.until_on is null or m.until_on >= current_date))
      or exists (select 1 from registry_institution a join registry_institution i on i.id = place
                  where a.id = {MINE} and a.is_authority
                    and i.region_id like regexp_replace(a.region_id, '(00)+$', '') || '%')
$$;
alter table encounter_feedmonth enable row level security;
create policy wall on encounter_feedmonth to {{app}} using (institution_id = {MINE} or feeds_overseen(institution_id))
  with check (institution_id = {MINE});
revoke delete, truncate on encounter_feedmonth from {{app}};

create function encounter_forget(before timestamptz) returns int language sql security definer
  set search_path = public, pg_temp as $$
  with gone as (update encounter_feed set rejected = null, source = null
                 where begun_at < before and (rejected is not null or source is not null) returning 1)
  select count(*)::int from gone
$$;
revoke all on function encounter_forget(timestamptz) from public;
grant execute on function encounter_forget(timestamptz) to {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [("encounter", "0001_initial"), ("workflow", "0002_wall"), ("registry", "0008_star")]
    operations = [OwnerSQL(WALL)]
