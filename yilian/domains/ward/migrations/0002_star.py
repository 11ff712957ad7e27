"""The view of joint rounds for counting."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

VIEW = """
create view fact_ward_round with (security_invoker) as
  select w.host_id as host, w.visitor_id as visitor, month_of(local_time(w.planned_at)) as month,
         c.id::text as row_key, c.consortium_id as consortium, least(age(w.xmin), age(c.xmin)) as row_age,
         c.state::text as state, nullif(w.way, '')::text as way, local_time(w.planned_at) as planned_at,
         local_time(w.held_at) as held_at, local_time(w.written_at) as written_at
    from ward_wardround w join case_file c on c.id = w.case_ptr_id
   where w.planned_at is not null and w.host_id is not null and c.state <> 'cancelled';
grant select on fact_ward_round to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("ward", "0001_initial"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(VIEW)]
