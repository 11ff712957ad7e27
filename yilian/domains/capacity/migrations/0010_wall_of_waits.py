"""Who writes waits, held by the database: everybody reads them, each institution's are computed in its own name."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

MINE = "any((select mine())::int[])"
OWN = f"exists (select 1 from capacity_service s where s.id = service_id and s.institution_id = {MINE})"
WALL = f"""
alter table capacity_wait enable row level security;
create policy read on capacity_wait for select to {{app}} using (true);
create policy computed on capacity_wait for insert to {{app}} with check ({OWN});
create policy again on capacity_wait for update to {{app}} using ({OWN}) with check ({OWN});
revoke delete, truncate on capacity_wait from {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [("capacity", "0009_waits")]
    operations = [OwnerSQL(WALL)]
