"""The epoch of the watched tables."""

from django.db import migrations

from yilian.kernel.almanac.watching import SCHEMA
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [OwnerSQL(SCHEMA)]
