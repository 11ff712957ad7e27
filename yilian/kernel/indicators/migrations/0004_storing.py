"""Results are written by one function of the owner, which replaces what the same run replaces and nothing else."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

# Two runs at once wait for each other here; the later one writes the same numbers again.
STORE = """
create or replace function indicators_store(
  keys text[], institutions int[], consortia int[], begins date[], lengths smallint[], parts bigint[], wholes bigint[],
  amounts numeric[], digests bytea[], covers text[], dates date[], moment timestamptz
) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare stored int;
begin
  perform pg_advisory_xact_lock(hashtext('indicators_store'));
  insert into indicators_measured as m (key, institution_id, consortium_id, month, months, part, whole, value,
                                        computed_at, definition_digest)
    select k, i, c, b, l, p, w, a, moment, d
      from unnest(keys, institutions, consortia, begins, lengths, parts, wholes, amounts, digests)
        as given (k, i, c, b, l, p, w, a, d)
    on conflict (key, institution_id, consortium_id, month, months) do update
      set part = excluded.part, whole = excluded.whole, value = excluded.value, computed_at = excluded.computed_at,
          definition_digest = excluded.definition_digest;
  get diagnostics stored = row_count;
  delete from indicators_measured m
    where m.key = any(covers) and m.month = any(dates) and m.computed_at < moment
      and m.months = any(lengths);
  return stored;
end $$;
revoke all on function indicators_store(
  text[], int[], int[], date[], smallint[], bigint[], bigint[], numeric[], bytea[], text[], date[], timestamptz)
  from public;
grant execute on function indicators_store(
  text[], int[], int[], date[], smallint[], bigint[], bigint[], numeric[], bytea[], text[], date[], timestamptz)
  to {app};
revoke insert, update, delete, truncate on indicators_measured from {app};
revoke delete, truncate on indicators_computation from {app};
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_results")]
    operations = [OwnerSQL(STORE)]
