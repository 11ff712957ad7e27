"""The triggers that tell of changes."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.streams.telling_sql import TELLING


class Migration(migrations.Migration):
    initial = True
    dependencies = [("workflow", "0005_awaits_reply"), ("notices", "0003_leaving")]
    operations = [OwnerSQL(TELLING)]
