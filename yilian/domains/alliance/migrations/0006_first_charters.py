"""The charter a consortium was founded with is its first version; versions are added, never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

FIRST = """
insert into alliance_charter (consortium_id, version, adopted_on, basis, changes, case_id)
  select consortium_id, 1, charter_on, '', '', case_id from alliance_foundation where charter_on is not null;
revoke update, delete, truncate on alliance_charter from {app};
"""


class Migration(migrations.Migration):
    dependencies = [("alliance", "0005_charters")]
    operations = [OwnerSQL(FIRST)]
