"""The view of questions to specialists for counting."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

VIEW = """
create view fact_advice with (security_invoker) as
  select a.asker_id as asker, a.adviser_id as adviser, month_of(local_time(a.asked_at)) as month,
         c.id::text as row_key, c.consortium_id as consortium, least(age(a.xmin), age(c.xmin)) as row_age,
         c.state::text as state, c.open as is_open, c.priority::int as urgency, identity_of(c.patient_id) as patient,
         nullif(a.subject, '')::text as subject, nullif(a.diagnosis, '')::text as diagnosis,
         nullif(a.recommendation, '')::text as recommendation, nullif(a.use, '')::text as use,
         local_time(a.asked_at) as asked_at, local_time(a.answer_due_at) as answer_due_at,
         local_time(a.first_answered_at) as first_answered_at
    from advice_advice a join case_file c on c.id = a.case_ptr_id
   where a.asked_at is not null and c.state <> 'withdrawn';
grant select on fact_advice to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_initial"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(VIEW)]
