"""The clock's two functions, and the wall around the stages."""

from django.db import migrations

from yilian.kernel.deadlines.due_cases import FUNCTIONS
from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(FUNCTIONS), OwnerSQL(behind_wall("deadlines_deadlinestage"))]
