"""Who is a member is asked for the day that clocks here show."""

from django.db import migrations

from yilian.kernel.postgres.local_days import by_local_days
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("encounter", "0002_wall"), ("lake", "0001_local_time")]
    operations = [OwnerSQL(by_local_days("feeds_overseen"))]
