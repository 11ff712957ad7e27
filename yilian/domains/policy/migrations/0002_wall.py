"""Receipts stand behind the wall of their document; they are added, never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial"), ("workflow", "0002_wall")]
    operations = [
        OwnerSQL(behind_wall("policy_receipt")),
        OwnerSQL("revoke update, delete, truncate on policy_receipt from {app};"),
    ]
