"""Ballots stand behind the wall of their motion; they are added, never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial"), ("workflow", "0002_wall")]
    operations = [
        OwnerSQL(behind_wall("governance_ballot")),
        OwnerSQL("revoke update, delete, truncate on governance_ballot from {app};"),
    ]
