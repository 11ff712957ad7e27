"""The views of meetings, attendance and assignments for counting."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

VIEWS = """
create view fact_meeting with (security_invoker) as
  select m.lead_id as lead, month_of(m.held_on::timestamp) as month, c.id::text as row_key,
         c.consortium_id as consortium, least(age(m.xmin), age(c.xmin)) as row_age, nullif(m.form, '')::text as form,
         m.held_on, m.expected::int as expected, m.present::int as present, c.state = 'approved' as has_minutes
    from governance_meeting m join case_file c on c.id = m.case_ptr_id
   where m.held_on is not null and c.state in ('held', 'approved');

create view fact_attendance with (security_invoker) as
  select a.institution_id as institution, month_of(m.held_on::timestamp) as month,
         c.id::text || ':' || a.institution_id as row_key, c.consortium_id as consortium,
         least(age(a.xmin), age(m.xmin), age(c.xmin)) as row_age, nullif(m.form, '')::text as form,
         nullif(a.reply, '')::text as reply, local_time(a.signed_at) as signed_at, identity_of(c.id) as "case"
    from governance_attendee a join governance_meeting m on m.case_ptr_id = a.case_id
    join case_file c on c.id = m.case_ptr_id
   where m.held_on is not null and c.state in ('held', 'approved');

create view fact_assignment with (security_invoker) as
  select a.doer_id as doer, a.lead_id as lead, month_of(a.until_on::timestamp) as month, c.id::text as row_key,
         c.consortium_id as consortium, least(age(a.xmin), age(c.xmin)) as row_age, c.state::text as state,
         c.open as is_open, a.until_on
    from governance_assignment a join case_file c on c.id = a.case_ptr_id
   where a.until_on is not null and a.doer_id is not null and c.state <> 'draft';
grant select on fact_meeting, fact_attendance, fact_assignment to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_opinions"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(VIEWS)]
