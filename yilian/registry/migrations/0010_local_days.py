"""Who leads and who is a member is asked for the day that clocks here show."""

from django.db import migrations

from yilian.kernel.postgres.local_days import by_local_days
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_wall_of_results"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(by_local_days("watched_consortia", "watched_institutions"))]
