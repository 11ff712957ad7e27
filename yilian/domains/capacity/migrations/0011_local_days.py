"""The board asks for the day that clocks here show; a place that is opened again may be kept for lower levels anew."""

from django.db import migrations

from yilian.kernel.postgres.local_days import by_local_days
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("capacity", "0010_wall_of_waits"), ("lake", "0001_local_time")]
    operations = [
        OwnerSQL(by_local_days("capacity_seen")),
        OwnerSQL("grant update (quota_until) on capacity_place to {app}"),
    ]
