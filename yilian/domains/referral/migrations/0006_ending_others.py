"""The other cases of a patient who died, named across institutions."""

from django.db import migrations

from yilian.domains.referral.actions_on_others import FUNCTIONS
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [("referral", "0005_a_death"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(FUNCTIONS)]
