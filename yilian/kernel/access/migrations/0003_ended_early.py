"""Deputyships that end before their day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_posts'),
    ]

    operations = [
        migrations.AddField(
            model_name='deputy',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='提前结束'),
        ),
    ]
