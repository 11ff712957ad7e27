"""Releases are added and read by everybody, never changed: what left the house is not taken back by writing over it."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("indicators", "0007_released")]
    operations = [OwnerSQL("revoke update, delete, truncate on indicators_release from {app};")]
