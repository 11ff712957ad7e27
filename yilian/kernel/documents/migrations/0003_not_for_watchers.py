"""Whoever only watches a case about a patient does not read its files (docs/adr/0008)."""

from django.db import migrations

from yilian.kernel.documents.wall_sql import NOT_FOR_WATCHERS
from yilian.kernel.postgres.owner_sql import OwnerSQL

TABLES = ("documents_attachment", "documents_issuedpaper")


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_wall"), ("workflow", "0006_watching")]
    operations = [OwnerSQL(NOT_FOR_WATCHERS.replace("{table}", table)) for table in TABLES]
