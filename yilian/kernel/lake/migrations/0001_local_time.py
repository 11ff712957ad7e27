"""What every view of a fact needs: moments as clocks here show them, months, and keys as whole numbers."""

from django.conf import settings
from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

FUNCTIONS = f"""
create function local_time(moment timestamptz) returns timestamp language sql immutable parallel safe as
  $$ select moment at time zone '{settings.TIME_ZONE}' $$;

create function month_of(day timestamp) returns int language sql immutable parallel safe as
  $$ select (extract(year from day) * 100 + extract(month from day))::int $$;

create function identity_of(key uuid) returns bigint language sql immutable parallel safe as
  $$ select ('x' || substr(key::text, 20, 4) || substr(key::text, 25))::bit(64)::bigint $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [OwnerSQL(FUNCTIONS)]
