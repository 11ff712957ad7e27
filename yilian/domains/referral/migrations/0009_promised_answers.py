"""Whether answers that agreements promise came in time, for all clauses at once."""

from django.db import migrations

from yilian.domains.referral.migrations._promised import FUNCTIONS
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("referral", "0008_approval"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(FUNCTIONS)]
