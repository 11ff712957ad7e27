"""Promised answers may be those of a green channel alone."""

from django.db import migrations

from yilian.domains.referral.promises import FUNCTIONS
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("referral", "0013_star")]
    operations = [OwnerSQL(FUNCTIONS)]
