"""The view of documents for counting."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

VIEW = """
create view fact_policy with (security_invoker) as
  select p.owner_id as owner, month_of(coalesce(p.revised_on, p.issued_on)::timestamp) as month, c.id::text as row_key,
         c.consortium_id as consortium, least(age(p.xmin), age(c.xmin)) as row_age, c.state::text as state,
         nullif(p.matter, '')::text as matter, nullif(p.audience, '')::text as audience, p.edition::int as edition,
         coalesce(p.revised_on, p.issued_on) as came_out_on, p.review_on
    from policy_policy p join case_file c on c.id = p.case_ptr_id
   where p.issued_on is not null and c.state in ('in_force', 'due', 'superseded', 'withdrawn');
grant select on fact_policy to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("policy", "0003_matter"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(VIEW)]
