"""Bodies and seats are public and written by the lead; contacts are read by members; the ballot box is closed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

LEADS = """
create or replace function leads_consortium(asked int) returns boolean language sql stable as
  $$ select exists (select 1 from registry_membership m where m.consortium_id = asked and m.role = 'lead'
                    and m.institution_id = any((select mine())::int[])) $$;
"""
PUBLIC = """
alter table {table} enable row level security;
create policy readers on {table} for select to {{app}} using (true);
create policy writers on {table} for insert to {{app}} with check (leads_consortium({consortium}));
create policy changers on {table} for update to {{app}} using (leads_consortium({consortium}));
revoke update, delete, truncate on {table} from {{app}};
grant update (until_on) on {table} to {{app}};
"""
BODIES = PUBLIC.format(table="governance_body", consortium="consortium_id")
SEATS = PUBLIC.format(
    table="governance_seat",
    consortium="(select b.consortium_id from governance_body b where b.id = governance_seat.body_id)",
)
CONTACTS = """
alter table governance_contact enable row level security;
create policy readers on governance_contact for select to {app} using (
  exists (select 1 from registry_membership m where m.consortium_id = governance_contact.consortium_id
          and m.institution_id = any((select mine())::int[])));
create policy writers on governance_contact for insert to {app} with check (
  institution_id = any((select mine())::int[]) and exists (
    select 1 from registry_membership m where m.consortium_id = governance_contact.consortium_id
      and m.institution_id = governance_contact.institution_id));
create policy changers on governance_contact for update to {app} using (institution_id = any((select mine())::int[]));
revoke update, delete, truncate on governance_contact from {app};
grant update (department, person, phone, changed_at) on governance_contact to {app};
"""
BOX = """
revoke all on governance_ballotbox from {app};
create or replace function ballot_put_in(motion uuid, chosen text) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from case_file where id = motion and state = 'voting' and parties && mine()) then
    raise insufficient_privilege using message = 'no such vote';
  end if;
  if chosen not in ('for', 'against', 'abstain') then
    raise insufficient_privilege using message = 'no such choice';
  end if;
  insert into governance_ballotbox (case_id, in_favour, against, abstained)
    values (motion, (chosen = 'for')::int, (chosen = 'against')::int, (chosen = 'abstain')::int)
    on conflict (case_id) do update set in_favour = governance_ballotbox.in_favour + excluded.in_favour,
      against = governance_ballotbox.against + excluded.against,
      abstained = governance_ballotbox.abstained + excluded.abstained;
end $$;
create or replace function ballot_box_of(motion uuid) returns table (in_favour int, against int, abstained int)
  language sql stable security definer set search_path = public, pg_temp as $$
  select b.in_favour, b.against, b.abstained from governance_ballotbox b join case_file c on c.id = b.case_id
    where b.case_id = motion and c.state = 'counted' and c.parties && mine() $$;
revoke all on function ballot_put_in(uuid, text), ballot_box_of(uuid) from public;
grant execute on function ballot_put_in(uuid, text), ballot_box_of(uuid) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0008_bodies"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(sql) for sql in (LEADS, BODIES, SEATS, CONTACTS, BOX)]
