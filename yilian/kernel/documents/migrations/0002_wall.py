"""Row policies, grants and the functions of the owner."""

from django.db import migrations

from yilian.kernel.documents.wall_sql import FUNCTIONS, POLICIES
from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("workflow", "0002_wall")]
    operations = [
        OwnerSQL(behind_wall("documents_attachment")),
        OwnerSQL(behind_wall("documents_issuedpaper")),
        OwnerSQL(POLICIES),
        OwnerSQL(FUNCTIONS),
    ]
