"""Who reads flows, and the function that counts them: as the owner, from the view of the fact of referrals."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

WALL = """
alter table cockpit_flow enable row level security;
create policy readers on cockpit_flow for select to {app} using (
  sender_id = any((select mine())::int[]) or receiver_id = any((select mine())::int[])
  or consortium_id = any((select watched_consortia())::int[]));
revoke insert, update, delete, truncate on cockpit_flow from {app};
"""
COUNTING = """
create function cockpit_count_flows() returns int language plpgsql security definer
  set search_path = public, pg_temp as $$
declare counted int;
begin
  perform pg_advisory_xact_lock(hashtext('cockpit_flow'));
  delete from cockpit_flow;
  insert into cockpit_flow (month, sender_id, receiver_id, consortium_id, direction, cases, counted_at)
    select to_date(month::text, 'YYYYMM'), sender, receiver, consortium, coalesce(direction, ''), count(*), now()
      from fact_referral where receiver is not null group by 1, 2, 3, 4, 5;
  get diagnostics counted = row_count;
  return counted;
end $$;
revoke all on function cockpit_count_flows() from public;
grant execute on function cockpit_count_flows() to {app};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cockpit", "0001_initial"),
        ("referral", "0013_star"),
        ("registry", "0009_wall_of_results"),
    ]
    operations = [OwnerSQL(WALL), OwnerSQL(COUNTING)]
