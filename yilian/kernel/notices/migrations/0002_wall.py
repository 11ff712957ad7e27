"""Row policies and grants: a notice is read by its institution only, written by whoever takes the step."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

# Named "wall" so that the wall of the case, which shows a row to every party, is not built beside it.
OWN = "institution_id = any((select mine())::int[])"
SEEN = "exists (select 1 from notices_notice n where n.id = notice_id)"
WALL = f"""
alter table notices_notice enable row level security;
create policy told on notices_notice for insert to {{app}} with check (true);
create policy wall on notices_notice for select to {{app}} using ({OWN});
revoke update, delete, truncate on notices_notice from {{app}};
alter table notices_noticemark enable row level security;
create policy own on notices_noticemark to {{app}} using ({OWN}) with check ({OWN});
alter table notices_noticeread enable row level security;
create policy own on notices_noticeread to {{app}} using ({SEEN}) with check ({SEEN});
alter table notices_noticedelivery enable row level security;
create policy own on notices_noticedelivery to {{app}} using ({SEEN}) with check ({SEEN});
revoke update, delete, truncate on notices_noticeread, notices_noticedelivery from {{app}};
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(WALL)]
