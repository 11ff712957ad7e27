"""Which spans are counted already; results are kept and forgotten by two functions of the owner."""

import django.db.models.deletion
from django.db import migrations, models

from yilian.kernel.postgres.owner_sql import OwnerSQL

KEEP = """
drop function indicators_store(
  text[], int[], int[], date[], smallint[], bigint[], bigint[], numeric[], bytea[], text[], date[], timestamptz);

create or replace function indicators_keep(
  keys text[], institutions int[], consortia int[], begins date[], lengths smallint[], parts bigint[], wholes bigint[],
  amounts numeric[], digests bytea[], moment timestamptz
) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare stored int;
begin
  perform pg_advisory_xact_lock(hashtext('indicators_keep'));
  insert into indicators_measured (key, institution_id, consortium_id, month, months, part, whole, value,
                                   computed_at, definition_digest)
    select k, i, c, b, l, p, w, a, moment, d
      from unnest(keys, institutions, consortia, begins, lengths, parts, wholes, amounts, digests)
        as given (k, i, c, b, l, p, w, a, d)
    on conflict (key, institution_id, consortium_id, month, months) do update
      set part = excluded.part, whole = excluded.whole, value = excluded.value, computed_at = excluded.computed_at,
          definition_digest = excluded.definition_digest;
  get diagnostics stored = row_count;
  return stored;
end $$;

create or replace function indicators_forget(
  keys text[], consortia int[], dates date[], lengths smallint[], moment timestamptz
) returns void language sql security definer set search_path = public, pg_temp as $$
  delete from indicators_measured m
    where m.key = any(keys) and m.month = any(dates) and m.months = any(lengths) and m.computed_at < moment
      and (consortia is null or m.consortium_id = any(consortia))
$$;
revoke all on function indicators_keep(
  text[], int[], int[], date[], smallint[], bigint[], bigint[], numeric[], bytea[], timestamptz) from public;
revoke all on function indicators_forget(text[], int[], date[], smallint[], timestamptz) from public;
grant execute on function indicators_keep(
  text[], int[], int[], date[], smallint[], bigint[], bigint[], numeric[], bytea[], timestamptz) to {app};
grant execute on function indicators_forget(text[], int[], date[], smallint[], timestamptz) to {app};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0004_storing'),
        ('registry', '0009_wall_of_results'),
    ]

    operations = [
        migrations.CreateModel(
            name='Computed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', max_length=80, verbose_name='指标')),
                ('month', models.IntegerField(verbose_name='月份')),
                ('months', models.SmallIntegerField(default=1, verbose_name='月数')),
                ('stamp', models.BinaryField(max_length=32)),
                ('consortium', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.consortium')),
            ],
            options={
                'verbose_name': '已计算月份',
                'constraints': [models.UniqueConstraint(fields=('key', 'consortium', 'month', 'months'), name='computed_once', nulls_distinct=False)],
            },
        ),
        OwnerSQL(KEEP),
    ]
