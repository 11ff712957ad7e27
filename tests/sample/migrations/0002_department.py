"""The department that finishes an errand."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("sample", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="errand",
            name="department",
            field=models.ForeignKey(
                null=True, on_delete=models.PROTECT, related_name="+", to="registry.department"
            ),
        ),
    ]
