"""A table of parcels and its view, for tests of the lake."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

TABLE = """
create table sample_parcel (id int primary key, receiver int, sent_at timestamptz not null, weight bigint,
  size text, is_late boolean, due_on date);
create view fact_parcel with (security_invoker) as
  select p.receiver, month_of(local_time(p.sent_at)) as month, p.id::text as row_key, null::int as consortium,
         age(p.xmin) as row_age, p.weight, p.size, p.is_late, p.due_on, local_time(p.sent_at) as sent_at,
         p.id::bigint as parcel
    from sample_parcel p;
"""


class Migration(migrations.Migration):
    dependencies = [("sample", "0002_department"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(TABLE)]
