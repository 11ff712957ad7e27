"""Months and moments as people of the installation read them off a clock: what every view of a fact needs."""

from django.conf import settings
from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

FUNCTIONS = f"""
create function local_time(moment timestamptz) returns timestamp language sql immutable parallel safe as
  $$ select moment at time zone '{settings.TIME_ZONE}' $$;

create function month_of(day timestamp) returns int language sql immutable parallel safe as
  $$ select (extract(year from day) * 100 + extract(month from day))::int $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [OwnerSQL(FUNCTIONS)]
