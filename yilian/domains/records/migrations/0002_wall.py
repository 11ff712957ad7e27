"""Who reads a patient's documents, held by the database."""

from django.db import migrations

from yilian.domains.records.migrations._wall import FUNCTIONS, POLICIES
from yilian.kernel.postgres.owner_sql import OwnerSQL


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
        ("registry", "0003_patients_of_cases"),
        ("workflow", "0002_wall"),
        ("audit", "0002_append_only"),
    ]
    operations = [OwnerSQL(FUNCTIONS + POLICIES)]
