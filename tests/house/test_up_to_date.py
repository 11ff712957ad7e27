"""A start over a database that is up to date reads no migrations, but still brings what is shipped up to date."""

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from yilian.kernel.postgres.migrating import is_up_to_date, migrate
from yilian.kernel.rules.models import ReasonCode


def test_a_migration_that_has_not_run_is_found_by_its_name(fresh_database):
    owner = connections["owner"]
    assert is_up_to_date(owner)
    MigrationRecorder(owner).record_unapplied("rules", "0001_initial")
    assert not is_up_to_date(owner)


def test_shipped_reasons_follow_on_a_start_without_migrations(fresh_database):
    reasons = ReasonCode.objects.using("owner")
    shipped = reasons.earliest("pk")
    reasons.filter(pk=shipped.pk).update(title="旧名称")
    migrate(app_role=settings.APP_ROLE)
    assert reasons.get(pk=shipped.pk).title == shipped.title
