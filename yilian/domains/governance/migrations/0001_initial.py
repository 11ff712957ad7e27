"""Motions and their ballots."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('registry', '0006_sanctions_end'),
        ('workflow', '0007_priorities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Motion',
            fields=[
                ('case_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='workflow.case')),
                ('subject', models.CharField(blank=True, max_length=120, verbose_name='议题')),
                ('text', models.TextField(blank=True, verbose_name='议案内容')),
                ('basis', models.TextField(blank=True, verbose_name='提案依据')),
                ('matter', models.CharField(blank=True, choices=[('ordinary', '一般事项'), ('parameter', '修改参数')], db_collation='C', max_length=12, verbose_name='议案类型')),
                ('parameter', models.CharField(blank=True, db_collation='C', max_length=80, verbose_name='修改的参数')),
                ('parameter_name', models.CharField(blank=True, max_length=200)),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='新取值')),
                ('effective_on', models.DateField(null=True, verbose_name='生效日期')),
                ('put_on', models.DateField(null=True, verbose_name='提交表决日期')),
                ('outcome', models.CharField(blank=True, choices=[('passed', '通过'), ('rejected', '未通过'), ('no_quorum', '参与不足，表决无效')], db_collation='C', max_length=12, verbose_name='表决结果')),
                ('tally', models.JSONField(blank=True, default=dict)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution')),
            ],
            options={
                'verbose_name': '议案',
            },
            bases=('workflow.case',),
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveSmallIntegerField(default=1, verbose_name='票数')),
                ('choice', models.CharField(choices=[('for', '赞成'), ('against', '反对'), ('abstain', '弃权'), ('recuse', '回避')], db_collation='C', max_length=8, verbose_name='表决意见')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='回避理由')),
                ('cast_at', models.DateTimeField(verbose_name='表决时间')),
                ('cast_by_name', models.CharField(max_length=100, verbose_name='表决人')),
                ('cast_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.institution')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='governance.motion')),
            ],
            options={
                'verbose_name': '表决票',
                'constraints': [models.UniqueConstraint(fields=('case', 'institution'), name='ballot_once')],
            },
        ),
    ]
