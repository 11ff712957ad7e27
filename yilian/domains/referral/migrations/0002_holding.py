"""One open referral for a patient and problem, whoever sees it."""

from django.db import migrations

from yilian.domains.referral.migrations._holding import HOLDING
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("referral", "0001_initial"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(HOLDING)]
