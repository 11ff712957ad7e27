"""Months without decimal numbers: `extract` computes in numeric, which takes several times as long."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

MONTH = """
create or replace function month_of(day timestamp) returns int language sql immutable parallel safe as
  $$ select (date_part('year', day) * 100 + date_part('month', day))::int $$;
"""


class Migration(migrations.Migration):
    dependencies = [("lake", "0001_local_time")]
    operations = [OwnerSQL(MONTH)]
