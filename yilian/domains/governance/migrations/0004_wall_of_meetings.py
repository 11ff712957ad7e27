"""Attendance stands behind the wall of its meeting; that a meeting was held is public and never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_meetings"), ("workflow", "0002_wall")]
    operations = [
        OwnerSQL(behind_wall("governance_attendee")),
        OwnerSQL(
            "revoke update, delete, truncate on governance_attendee from {app};"
            "grant update (person, signed_at) on governance_attendee to {app};"
        ),
        OwnerSQL("revoke update, delete, truncate on governance_heldmeeting from {app};"),
    ]
