"""An import is seen by its institution only; old workbooks are dropped by a function of the owner."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

WALL = """
alter table imports_importrun enable row level security;
create policy wall on imports_importrun to {app}
  using (institution_id = any ((select mine())::int[])) with check (institution_id = any ((select mine())::int[]));
revoke delete, truncate on imports_importrun from {app};

create function imports_forget(before timestamptz) returns int language plpgsql security definer
  set search_path = public, pg_temp as $$
declare dropped int;
begin
  update imports_importrun set source = null, marked = null
    where begun_at < before and (source is not null or marked is not null);
  get diagnostics dropped = row_count;
  return dropped;
end $$;
revoke all on function imports_forget(timestamptz) from public;
grant execute on function imports_forget(timestamptz) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("registry", "0002_people")]
    operations = [OwnerSQL(WALL)]
