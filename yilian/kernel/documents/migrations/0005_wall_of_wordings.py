"""Each institution sees and adds its own wordings; nobody changes a version."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

WALL = """
alter table documents_paperwording enable row level security;
create policy own on documents_paperwording to {app}
  using (institution_id = any((select mine())::int[])) with check (institution_id = any((select mine())::int[]));
revoke update, delete, truncate on documents_paperwording from {app};
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_wordings"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(WALL)]
