"""Remarks stand behind the wall of their sheet and are added, never changed; a scheme once made is never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial"), ("workflow", "0002_wall")]
    operations = [
        OwnerSQL(behind_wall("assessment_remark")),
        OwnerSQL("revoke update, delete, truncate on assessment_remark from {app};"),
        OwnerSQL("revoke update, delete, truncate on assessment_schemeversion from {app};"),
    ]
