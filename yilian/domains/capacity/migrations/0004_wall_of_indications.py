"""Who writes indications, held by the database: everybody reads them, the lead of a consortium writes its own."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall

LED = (
    "exists (select 1 from registry_consortium c where c.id = consortium_id"
    " and c.lead_id = any((select mine())::int[]))"
)
OWN_VERSION = f"exists (select 1 from capacity_indication i where i.id = indication_id and {LED})"
WALL = f"""
alter table capacity_indication enable row level security;
create policy read on capacity_indication for select to {{app}} using (true);
create policy added on capacity_indication for insert to {{app}} with check ({LED});
create policy changed on capacity_indication for update to {{app}} using ({LED}) with check ({LED});
revoke delete, truncate on capacity_indication from {{app}};
alter table capacity_indicationversion enable row level security;
create policy read on capacity_indicationversion for select to {{app}} using (true);
create policy written on capacity_indicationversion for insert to {{app}} with check ({OWN_VERSION});
revoke update, delete, truncate on capacity_indicationversion from {{app}};
{behind_wall("capacity_usedindication")}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("capacity", "0003_indications"),
        ("registry", "0003_patients_of_cases"),
        ("workflow", "0002_wall"),
    ]
    operations = [OwnerSQL(WALL)]
