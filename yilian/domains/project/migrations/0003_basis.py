"""The ground of a decision has a column that no later answer overwrites."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("project", "0002_wall")]
    operations = [migrations.RenameField("project", "decided_by", "basis")]
