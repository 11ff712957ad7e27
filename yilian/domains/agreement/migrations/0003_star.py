"""The view of what checks found, for counting: a finding counts at each party of its agreement."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

VIEW = """
create view fact_clause_check with (security_invoker) as
  select party as institution, month_of(f.last_on::timestamp) as month,
         c.id::text || ':' || f.clause_id || ':' || to_char(f.first_on, 'YYYYMMDD') || ':' || party as row_key,
         c.consortium_id as consortium, least(age(f.xmin), age(l.xmin), age(a.xmin), age(c.xmin)) as row_age,
         l.kind::text as kind, f.verdict::text as verdict, f.first_on, f.last_on, f.is_settled
    from agreement_finding f join agreement_clause l on l.id = f.clause_id
    join agreement_agreement a on a.case_ptr_id = f.case_id join case_file c on c.id = a.case_ptr_id
   cross join lateral (select distinct unnest(a.partners || a.drafter_id) as party) parties
   where f.verdict <> 'not_due';
grant select on fact_clause_check to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("agreement", "0002_wall"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(VIEW)]
