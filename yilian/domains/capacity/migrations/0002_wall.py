"""Who writes the directory, held by the database: everybody reads it, each institution writes its own."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall

MINE = "any((select mine())::int[])"
OWN_VERSION = f"exists (select 1 from capacity_service s where s.id = service_id and s.institution_id = {MINE})"
WALL = f"""
alter table capacity_service enable row level security;
create policy read on capacity_service for select to {{app}} using (true);
create policy offered on capacity_service for insert to {{app}} with check (institution_id = {MINE});
create policy changed on capacity_service for update to {{app}}
  using (institution_id = {MINE}) with check (institution_id = {MINE});
revoke delete, truncate on capacity_service from {{app}};
alter table capacity_serviceversion enable row level security;
create policy read on capacity_serviceversion for select to {{app}} using (true);
create policy written on capacity_serviceversion for insert to {{app}} with check ({OWN_VERSION});
revoke update, delete, truncate on capacity_serviceversion from {{app}};
{behind_wall("capacity_chosenservice")}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("capacity", "0001_initial"),
        ("registry", "0003_patients_of_cases"),
        ("workflow", "0002_wall"),
    ]
    operations = [OwnerSQL(WALL)]
