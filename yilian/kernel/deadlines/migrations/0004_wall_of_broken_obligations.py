"""Each institution sees and adds what its own people were told; nobody changes it."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

WALL = """
alter table deadlines_brokenobligation enable row level security;
create policy own on deadlines_brokenobligation to {app}
  using (institution_id = any((select mine())::int[])) with check (institution_id = any((select mine())::int[]));
revoke update, delete, truncate on deadlines_brokenobligation from {app};
"""


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_broken_obligations"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(WALL)]
