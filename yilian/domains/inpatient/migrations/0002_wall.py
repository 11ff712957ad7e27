"""Who sees in-patients, held by the database: the institution in whose beds they lie, and nobody else."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

MINE = "any((select mine())::int[])"
OF_STAY = f"exists (select 1 from inpatient_stay s where s.id = stay_id and s.institution_id = {MINE})"
WALL = f"""
alter table inpatient_stay enable row level security;
create policy wall on inpatient_stay to {{app}} using (institution_id = {MINE}) with check (institution_id = {MINE});
revoke delete, truncate on inpatient_stay from {{app}};
alter table inpatient_fitspan enable row level security;
create policy wall on inpatient_fitspan to {{app}} using (institution_id = {MINE})
  with check (institution_id = {MINE} and {OF_STAY});
revoke delete, truncate on inpatient_fitspan from {{app}};
alter table inpatient_mark enable row level security;
create policy wall on inpatient_mark to {{app}} using ({OF_STAY}) with check ({OF_STAY});
revoke update, delete, truncate on inpatient_mark from {{app}};
alter table inpatient_decision enable row level security;
create policy wall on inpatient_decision to {{app}} using ({OF_STAY}) with check ({OF_STAY});
revoke update, delete, truncate on inpatient_decision from {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inpatient", "0001_initial"),
        ("registry", "0003_patients_of_cases"),
        ("workflow", "0002_wall"),
    ]
    operations = [OwnerSQL(WALL)]
