"""Who sees and books places, held by the database; a case that is over gives back what it holds."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall

MINE = "any((select mine())::int[])"
OWN = f"exists (select 1 from capacity_resource r where r.id = resource_id and r.institution_id = {MINE})"
FUNCTIONS = """
create function capacity_free(asked uuid, how text, moment timestamptz) returns void language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from participation p where p.case_id = asked and p.institution_id = any(mine())) then
    update capacity_booking set freed_at = moment, ending = how where case_id = asked and freed_at is null;
  end if;
end $$;
revoke all on function capacity_free(uuid, text, timestamptz) from public;
grant execute on function capacity_free(uuid, text, timestamptz) to {app};

create function capacity_over() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update capacity_booking set freed_at = new.since, ending = new.state where case_id = new.id and freed_at is null;
  return null;
end $$;
create trigger capacity_over after update of open on case_file for each row
  when (old.open and not new.open) execute function capacity_over();
"""
POLICIES = f"""
alter table capacity_place enable row level security;
create policy seen on capacity_place for select to {{app}}
  using (exists (select 1 from capacity_resource r where r.id = resource_id));
create policy opened on capacity_place for insert to {{app}} with check ({OWN});
create policy closed on capacity_place for update to {{app}} using ({OWN}) with check ({OWN});
revoke update, delete, truncate on capacity_place from {{app}};
grant update (is_on) on capacity_place to {{app}};

alter table capacity_booking enable row level security;
create policy seen on capacity_booking for select to {{app}}
  using (institution_id = {MINE} or exists (select 1 from case_file w where w.id = case_id));
create policy booked on capacity_booking for insert to {{app}} with check (
  institution_id = {MINE} and exists (select 1 from case_file w where w.id = case_id)
  and exists (select 1 from capacity_place p join capacity_resource r on r.id = p.resource_id
              where p.id = place_id and r.institution_id = capacity_booking.institution_id));
revoke update, delete, truncate on capacity_booking from {{app}};
{behind_wall("capacity_delay")}
revoke update, delete, truncate on capacity_delay from {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("capacity", "0007_booking"),
        ("workflow", "0002_wall"),
    ]
    operations = [OwnerSQL(FUNCTIONS), OwnerSQL(POLICIES)]
