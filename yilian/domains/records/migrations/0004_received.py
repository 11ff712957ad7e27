"""The originals of documents that arrived from other systems."""

import django.db.models.deletion
from django.db import migrations, models

from yilian.domains.records.migrations._received import SQL
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_review_from'),
        ('registry', '0009_wall_of_results'),
    ]

    operations = [
        migrations.CreateModel(
            name='Received',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='received', serialize=False, to='records.record')),
                ('system', models.CharField(db_collation='C', max_length=200)),
                ('value', models.CharField(db_collation='C', max_length=200, verbose_name='文档标识')),
                ('sha256', models.CharField(db_collation='C', max_length=64)),
                ('size', models.BigIntegerField(verbose_name='大小')),
                ('storage_key', models.CharField(db_collation='C', max_length=32, unique=True)),
                ('left', models.JSONField(default=list)),
                ('received_at', models.DateTimeField(verbose_name='接收时间')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution')),
            ],
            options={
                'verbose_name': '接收的文档原文',
                'constraints': [models.UniqueConstraint(fields=('institution', 'system', 'value'), name='document_received_once')],
            },
        ),
        OwnerSQL(SQL),
    ]
