"""Tasks that resolutions give out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0004_wall_of_meetings'),
        ('registry', '0007_statements'),
        ('workflow', '0007_priorities'),
    ]

    operations = [
        migrations.AddField(
            model_name='motion',
            name='tasks',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('case_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='workflow.case')),
                ('what', models.CharField(blank=True, max_length=200, verbose_name='事项')),
                ('until_on', models.DateField(null=True, verbose_name='完成期限')),
                ('resolution', models.UUIDField(editable=False, null=True)),
                ('source', models.CharField(blank=True, max_length=160, verbose_name='依据的决议')),
                ('evidence', models.TextField(blank=True, verbose_name='完成情况')),
                ('verdict', models.TextField(blank=True, verbose_name='认定意见')),
                ('doer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution')),
            ],
            options={
                'verbose_name': '决议事项',
            },
            bases=('workflow.case',),
        ),
    ]
