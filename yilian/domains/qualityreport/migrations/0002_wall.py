"""Lines stand behind the wall of their report; they are written anew with it, never changed one by one."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):
    dependencies = [("qualityreport", "0001_initial"), ("workflow", "0002_wall")]
    operations = [
        OwnerSQL(behind_wall("qualityreport_reportline")),
        OwnerSQL("revoke update, truncate on qualityreport_reportline from {app};"),
    ]
