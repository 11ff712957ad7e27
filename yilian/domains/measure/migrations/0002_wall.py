"""Trials stand behind the wall of their case; definitions are read by all and written by who leads the consortium."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall

DEFINITIONS = """
alter table indicators_definition enable row level security;
create policy readers on indicators_definition for select to {app} using (true);
create policy writers on indicators_definition for insert to {app}
  with check (consortium_id = any((select watched_consortia())::int[]));
revoke update, delete, truncate on indicators_definition from {app};
revoke update, delete, truncate on measure_trial from {app};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("measure", "0001_initial"),
        ("indicators", "0006_definitions"),
        ("registry", "0009_wall_of_results"),
        ("workflow", "0002_wall"),
    ]
    operations = [OwnerSQL(behind_wall("measure_trial")), OwnerSQL(DEFINITIONS)]
