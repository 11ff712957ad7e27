"""Messages that wait for a reply; what was said stays as it is."""

from django.conf import settings
from django.db import migrations, models

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import MESSAGES_STAY


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0004_sent'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='casemessage',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='casemessage',
            name='awaits_reply',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='casemessage',
            index=models.Index(condition=models.Q(('answered_at__isnull', True), ('awaits_reply', True)), fields=['case'], name='case_message_open'),
        ),
        OwnerSQL(MESSAGES_STAY),
    ]
