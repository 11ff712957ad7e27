"""A value may name the case that decided it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rules", "0002_append_only")]
    operations = [
        migrations.AddField(
            "parametervalue",
            "case_id",
            models.UUIDField(editable=False, null=True, verbose_name="作出决定的事项"),
        )
    ]
