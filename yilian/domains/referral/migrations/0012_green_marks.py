"""Mark the green channels that were sent before there were marks."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

MARKED = """
update case_file set flags = flags | 2 where id in (select case_ptr_id from referral_referral where is_emergency);
"""


class Migration(migrations.Migration):
    dependencies = [("referral", "0011_approvers")]
    operations = [OwnerSQL(MARKED)]
