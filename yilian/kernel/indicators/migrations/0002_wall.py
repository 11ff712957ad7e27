"""Frozen values are added, never changed, and shown to the institution that froze them."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

WALL = """
alter table indicators_indicatorsnapshot enable row level security;
create policy wall on indicators_indicatorsnapshot to {app}
  using (frozen_for_id = any((select mine())::int[])) with check (frozen_for_id = any((select mine())::int[]));
revoke update, delete, truncate on indicators_indicatorsnapshot from {app};
"""


class Migration(migrations.Migration):
    # The function mine() comes with the case tables.
    dependencies = [("indicators", "0001_initial"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(WALL)]
