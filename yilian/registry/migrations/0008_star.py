"""The view of institutions for counting."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

VIEW = """
create view fact_institution with (security_invoker) as
  select i.id as institution, 0 as month, i.id::text as row_key, null::int as consortium, 
         least(age(i.xmin), (select min(age(x.xmin)) from registry_consortium x)) as row_age,
         ((i.grade + 2) / 3)::int as tier, i.grade::int as grade, nullif(i.category, '')::text as category,
         case when i.category <> '' then i.category ~ '^(B|C2|D)' end as is_primary,
         case when i.category <> '' then i.category ~ '^(A|G)' end as is_hospital,
         exists (select 1 from registry_consortium c where c.lead_id = i.id and c.ended_on is null) as is_lead,
         nullif(i.ownership, '')::text as ownership, i.affiliation::int as affiliation,
         case when length(i.region_id) >= 6 and substr(i.region_id, 5, 2) <> '00' then substr(i.region_id, 1, 6) end
           as county,
         case when substr(i.region_id, 3, 2) <> '00' then substr(i.region_id, 1, 4) || '00' end as city, i.beds::int as beds
    from registry_institution i where not i.is_authority;
grant select on fact_institution to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_statements"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(VIEW)]
