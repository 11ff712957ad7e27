"""Triggers, grants and row policies of the case tables."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import APPEND_ONLY, FUNCTIONS, POLICIES, TRIGGERS


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]
    operations = [
        OwnerSQL(FUNCTIONS),
        OwnerSQL(TRIGGERS),
        OwnerSQL(POLICIES),
        OwnerSQL(APPEND_ONLY.replace("{table}", "happening")),
    ]
