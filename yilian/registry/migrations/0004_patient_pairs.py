"""Pairs of patients who may be one person, and the keys by which their candidates are found."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yilian.registry.migrations._patient_pairs import FUNCTIONS, POLICIES, UNDO, write_born_keys


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0003_patients_of_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PatientPair',
            fields=[
                ('pk', models.CompositePrimaryKey('low_id', 'high_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('weight', models.SmallIntegerField(verbose_name='证据权重')),
                ('institutions', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('found_at', models.DateTimeField(verbose_name='发现时间')),
                ('decision', models.CharField(blank=True, choices=[('', '待核对'), ('different', '不是同一人')], db_collation='C', max_length=12, verbose_name='结论')),
                ('ground', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='判定时间')),
                ('high', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.patient')),
                ('institution', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution', verbose_name='判定机构')),
                ('low', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.patient')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '疑似重复',
                'ordering': ['-weight', 'low', 'high'],
                'indexes': [models.Index(fields=['decision', '-weight', 'low', 'high'], name='pair_weight')],
                'constraints': [models.CheckConstraint(condition=models.Q(('low__lt', models.F('high'))), name='pair_in_order')],
            },
        ),
        migrations.RunSQL(FUNCTIONS + POLICIES, UNDO),
        migrations.RunPython(write_born_keys, migrations.RunPython.noop),
    ]
