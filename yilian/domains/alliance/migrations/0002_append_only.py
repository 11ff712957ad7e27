"""Published results of assessments are added, never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("alliance", "0001_initial")]
    operations = [OwnerSQL("revoke update, delete, truncate on alliance_assessment from {app};")]
