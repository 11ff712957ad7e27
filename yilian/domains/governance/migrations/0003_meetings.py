"""Meetings, who comes to them, and the public line that they were held."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0002_wall'),
        ('registry', '0007_statements'),
        ('workflow', '0007_priorities'),
    ]

    operations = [
        migrations.AddField(
            model_name='motion',
            name='sitting',
            field=models.UUIDField(db_index=True, null=True, verbose_name='审议会议'),
        ),
        migrations.AddField(
            model_name='motion',
            name='sitting_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.CreateModel(
            name='HeldMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('joint', '联席会议'), ('council', '理事会会议'), ('group', '工作组会议')], db_collation='C', max_length=8, verbose_name='会议类型')),
                ('subject', models.CharField(max_length=120, verbose_name='会议名称')),
                ('held_on', models.DateField(verbose_name='召开日期')),
                ('case_id', models.UUIDField(editable=False, unique=True)),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.consortium')),
            ],
            options={
                'verbose_name': '已召开的会议',
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('case_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='workflow.case')),
                ('form', models.CharField(blank=True, choices=[('joint', '联席会议'), ('council', '理事会会议'), ('group', '工作组会议')], db_collation='C', max_length=8, verbose_name='会议类型')),
                ('subject', models.CharField(blank=True, max_length=120, verbose_name='会议名称')),
                ('starts_at', models.DateTimeField(null=True, verbose_name='开会时间')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='地点或会议号')),
                ('invitees', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), blank=True, default=list, size=None)),
                ('agenda', models.JSONField(blank=True, default=list)),
                ('remarks', models.TextField(blank=True, verbose_name='会议要求')),
                ('held_on', models.DateField(null=True, verbose_name='召开日期')),
                ('expected', models.PositiveSmallIntegerField(null=True, verbose_name='应到单位')),
                ('present', models.PositiveSmallIntegerField(null=True, verbose_name='实到单位')),
                ('minutes', models.TextField(blank=True, verbose_name='会议纪要')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution')),
            ],
            options={
                'verbose_name': '会议',
            },
            bases=('workflow.case',),
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reply', models.CharField(blank=True, choices=[('attend', '参加'), ('substitute', '委派他人参加'), ('decline', '请假')], db_collation='C', max_length=12, verbose_name='答复')),
                ('person', models.CharField(blank=True, max_length=60, verbose_name='参会人')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='请假理由')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='签到时间')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='attendees', to='governance.meeting')),
            ],
            options={
                'verbose_name': '参会单位',
                'constraints': [models.UniqueConstraint(fields=('case', 'institution'), name='attendee_once')],
            },
        ),
    ]
