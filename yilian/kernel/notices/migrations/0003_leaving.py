"""What leaves the house, and urging."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yilian.kernel.notices.leaving_sql import CARRY_OVER, WALLS
from yilian.kernel.notices.urging_sql import SIGNATURES
from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_wall'),
        ('registry', '0003_patients_of_cases'),
        ('workflow', '0005_awaits_reply'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseUrge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.IntegerField()),
                ('by_id', models.IntegerField(null=True)),
                ('by_name', models.CharField(max_length=100)),
                ('institution_id', models.IntegerField()),
                ('institution_name', models.CharField(max_length=200)),
                ('told', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('told_names', models.CharField(max_length=400)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('escalated_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '催办',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='NoticeRobot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(db_collation='C', max_length=24)),
                ('title', models.CharField(max_length=60)),
                ('key', models.BinaryField()),
                ('secret', models.BinaryField(null=True)),
                ('ending', models.CharField(max_length=4)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                ('is_on', models.BooleanField(default=True)),
                ('set_by_name', models.CharField(max_length=100)),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '群机器人',
            },
        ),
        migrations.RemoveConstraint(
            model_name='noticeoptout',
            name='notice_opt_out_once',
        ),
        migrations.AddField(
            model_name='noticedelivery',
            name='attempts',
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='noticedelivery',
            name='institution',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution'),
        ),
        migrations.AddField(
            model_name='noticedelivery',
            name='last_error',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='noticedelivery',
            name='next_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='noticedelivery',
            name='state',
            field=models.CharField(choices=[('waiting', '待发送'), ('sent', '已发送'), ('dead', '未能送达')], db_collation='C', default='waiting', max_length=8),
        ),
        migrations.AddField(
            model_name='noticeoptout',
            name='kind',
            field=models.CharField(db_collation='C', default='', max_length=24),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='noticedelivery',
            name='user',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='noticeoptout',
            constraint=models.UniqueConstraint(fields=('user', 'channel', 'kind'), name='notice_opt_out_once'),
        ),
        OwnerSQL(CARRY_OVER),
        migrations.AlterField(
            model_name='noticedelivery',
            name='institution',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution'),
        ),
        migrations.AddField(
            model_name='caseurge',
            name='case',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='urges', to='workflow.case'),
        ),
        migrations.AddField(
            model_name='noticerobot',
            name='institution',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution'),
        ),
        migrations.AddField(
            model_name='noticerobot',
            name='set_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noticedelivery',
            name='robot',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.noticerobot'),
        ),
        migrations.AddIndex(
            model_name='noticedelivery',
            index=models.Index(fields=['institution', '-id'], name='delivery_log'),
        ),
        migrations.AddIndex(
            model_name='noticedelivery',
            index=models.Index(condition=models.Q(('state', 'dead')), fields=['institution', '-id'], name='delivery_dead'),
        ),
        migrations.AddConstraint(
            model_name='noticedelivery',
            constraint=models.UniqueConstraint(fields=('notice', 'robot'), name='notice_posted_once'),
        ),
        migrations.AddConstraint(
            model_name='noticedelivery',
            constraint=models.CheckConstraint(condition=models.Q(('user__isnull', True), ('robot__isnull', True), _connector='XOR'), name='notice_to_one'),
        ),
        migrations.AddIndex(
            model_name='caseurge',
            index=models.Index(fields=['case', '-at'], name='urge_of_case'),
        ),
        migrations.AddIndex(
            model_name='caseurge',
            index=models.Index(condition=models.Q(('escalated_at__isnull', True)), fields=['at'], name='urge_open'),
        ),
        migrations.AddConstraint(
            model_name='noticerobot',
            constraint=models.UniqueConstraint(fields=('institution', 'channel', 'title'), name='notice_robot_once'),
        ),
        OwnerSQL(WALLS),
        OwnerSQL(SIGNATURES),
        OwnerSQL(behind_wall("notices_caseurge")),
    ]
