"""The application adds access records and reads those of its institution; nobody but the owner changes any."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

# Anyone may be recorded, also without an institution (a failed login), so adding is not walled; reading is.
WALL = """
alter table audit_accessrecord enable row level security;
create policy added on audit_accessrecord for insert to {app} with check (true);
create policy read on audit_accessrecord for select to {app}
  using (institution_id = any((select nullif(current_setting('app.institutions', true), '')::int[])::int[]));
revoke update, delete, truncate on audit_accessrecord from {app};
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [OwnerSQL(WALL)]
