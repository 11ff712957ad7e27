"""Who takes part in a case about a patient comes to know the patient."""

from django.db import migrations

from yilian.registry.migrations._case_patient import CASE_PATIENT, UNDO


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_people"), ("workflow", "0002_wall")]
    operations = [migrations.RunSQL(CASE_PATIENT, UNDO)]
