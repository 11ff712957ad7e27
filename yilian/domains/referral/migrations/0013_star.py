"""The views of referrals for counting."""

from django.db import migrations

from yilian.domains.referral.migrations._star import VIEWS
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("referral", "0012_green_marks"), ("lake", "0001_local_time"), ("registry", "0001_initial")]
    operations = [OwnerSQL(VIEWS)]
