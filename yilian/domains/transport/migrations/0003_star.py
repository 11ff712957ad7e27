"""The view of transports for counting."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

VIEW = """
create view fact_transport with (security_invoker) as
  select t.sender_id as sender, t.receiver_id as receiver, month_of(local_time(t.departed_at)) as month,
         c.id::text as row_key, c.consortium_id as consortium, least(age(t.xmin), age(c.xmin)) as row_age,
         c.state::text as state, t.is_emergency, nullif(t.mode, '')::text as mode, t.escorted_by::text as escorted_by,
         identity_of(c.patient_id) as patient, nullif(t.encounter_class, '')::text as encounter_class,
         local_time(t.departed_at) as departed_at, local_time(t.expected_arrival) as expected_arrival,
         local_time(t.arrived_at) as arrived_at, local_time(t.signed_at) as signed_at
    from transport_journey t join case_file c on c.id = t.case_ptr_id
   where t.departed_at is not null and t.sender_id is not null;
grant select on fact_transport to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("transport", "0002_one_traveller"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(VIEW)]
