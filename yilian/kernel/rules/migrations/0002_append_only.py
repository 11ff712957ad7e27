"""Values of parameters are added, never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial")]
    operations = [OwnerSQL("revoke update, delete, truncate on rules_parametervalue from {app};")]
