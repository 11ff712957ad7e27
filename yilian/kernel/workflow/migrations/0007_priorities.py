"""Bound the urgencies, so that a walk through each of them misses none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0006_watching")]

    operations = [
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(condition=models.Q(("priority__range", (1, 4))), name="case_priority"),
        ),
    ]
