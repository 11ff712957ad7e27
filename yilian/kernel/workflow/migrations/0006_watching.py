"""Who only watches a case stands apart from those who have a hand in it (docs/adr/0008)."""

from django.db import migrations, models

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import FUNCTIONS


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0004_patient_pairs'),
        ('workflow', '0005_awaits_reply'),
    ]

    operations = [
        migrations.CreateModel(
            name='Watching',
            fields=[
                ('pk', models.CompositePrimaryKey('kind', 'side', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(db_collation='C', max_length=24)),
                ('side', models.SmallIntegerField()),
            ],
            options={
                'db_table': 'watching',
            },
        ),
        migrations.AddField(
            model_name='participation',
            name='watches',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(condition=models.Q(('watches', True)), fields=['institution', 'kind', '-case'], include=('state', 'priority'), name='part_watch_new'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(condition=models.Q(('open', True), ('watches', True)), fields=['institution', 'kind', 'state', '-case'], name='part_watch_open'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(condition=models.Q(('open', True), ('watches', True)), fields=['institution', 'kind', 'priority', 'due', 'case'], include=('state',), name='part_watch_rank'),
        ),
        OwnerSQL(FUNCTIONS),
        OwnerSQL("revoke insert, update, delete, truncate on watching from {app};"),
    ]
