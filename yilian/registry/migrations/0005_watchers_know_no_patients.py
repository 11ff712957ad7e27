"""Whoever only watches a case does not come to know its patient (docs/adr/0008)."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

FUNCTIONS = """
create or replace function case_patient() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  perform patient_demand(new.patient_id);
  if tg_op = 'UPDATE' then
    perform patient_spread(new.patient_id, array_agg(distinct institution_id))
      from participation where case_id = new.id and not watches having count(*) > 0;
  end if;
  return null;
end $$;

create or replace function part_patient() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  perform patient_spread(x.patient_id, x.reached)
    from (select c.patient_id, array_agg(distinct n.institution_id) reached
            from changed n join case_file c on c.id = n.case_id
            where c.patient_id is not null and not n.watches group by 1) x;
  return null;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_patient_pairs"), ("workflow", "0006_watching")]
    operations = [OwnerSQL(FUNCTIONS)]
