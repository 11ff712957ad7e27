"""Sessions stand behind the wall of their dispute; they are added, never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):
    dependencies = [("dispute", "0001_initial"), ("workflow", "0002_wall")]
    operations = [
        OwnerSQL(behind_wall("dispute_session")),
        OwnerSQL("revoke update, delete, truncate on dispute_session from {app};"),
    ]
