"""Reports about departments of the lead, beside those about members."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("qualityreport", "0002_wall"), ("registry", "0009_wall_of_results")]
    operations = [
        migrations.AddField(
            model_name="qualityreport", name="department",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT,
                                    related_name="+", to="registry.department", verbose_name="科室"),
        ),
    ]  # fmt: skip
