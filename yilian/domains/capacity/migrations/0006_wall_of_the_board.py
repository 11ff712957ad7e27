"""Who sees the board, held by the database: the institution, those it shares a consortium with, its authorities."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

MINE = "any((select mine())::int[])"
SEEN = "any((select capacity_seen())::int[])"
FUNCTIONS = """
create function capacity_seen() returns int[] language sql stable security definer
  set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct found.i), array[]::int[]) from (
    select unnest(mine())
    union all
    select other.institution_id from registry_membership own
      join registry_membership other on other.consortium_id = own.consortium_id
      join registry_consortium c on c.id = own.consortium_id
     where own.institution_id = any(mine())
       and current_date between own.since_on and coalesce(own.until_on, current_date)
       and current_date between other.since_on and coalesce(other.until_on, current_date)
       and current_date between c.founded_on and coalesce(c.ended_on, current_date)
    union all
    select place.id from registry_institution authority
      join registry_institution place on place.region_id like
        case when length(authority.region_id) = 6 then regexp_replace(authority.region_id, '(00)+$', '')
             else authority.region_id end || '%'
     where authority.id = any(mine()) and authority.is_authority
  ) found(i)
$$;
revoke all on function capacity_seen() from public;
grant execute on function capacity_seen() to {app};

create function capacity_latest() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update capacity_resource
     set free = new.free, total = new.total, as_of = new.as_of, source = new.source,
         reporter_name = new.reporter_name, confirmed_with = new.confirmed_with
   where id = new.resource_id and (as_of is null or as_of <= new.as_of);
  return null;
end $$;
create trigger capacity_latest after insert on capacity_report for each row execute function capacity_latest();
"""
POLICIES = f"""
alter table capacity_resource enable row level security;
create policy seen on capacity_resource for select to {{app}} using (institution_id = {SEEN});
create policy added on capacity_resource for insert to {{app}} with check (institution_id = {MINE});
create policy changed on capacity_resource for update to {{app}}
  using (institution_id = {MINE}) with check (institution_id = {MINE});
revoke update, delete, truncate on capacity_resource from {{app}};
grant update (is_on) on capacity_resource to {{app}};
alter table capacity_report enable row level security;
create policy seen on capacity_report for select to {{app}}
  using (exists (select 1 from capacity_resource r where r.id = resource_id));
create policy reported on capacity_report for insert to {{app}} with check (reported_by_id = {MINE} and exists (
  select 1 from capacity_resource r where r.id = resource_id and (r.institution_id = {MINE} or capacity_report.source = 'phone')));
revoke update, delete, truncate on capacity_report from {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("capacity", "0005_board"),
        ("registry", "0003_patients_of_cases"),
    ]
    operations = [OwnerSQL(FUNCTIONS), OwnerSQL(POLICIES)]
