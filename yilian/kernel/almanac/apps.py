"""The almanac app: after each migration every watched table has its trigger; moments are read quickly."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AlmanacConfig(AppConfig):
    name = "yilian.kernel.almanac"
    label = "almanac"

    def ready(self) -> None:
        from yilian.kernel.almanac.watching import put_triggers
        from yilian.kernel.postgres.moments import read_moments_quickly

        read_moments_quickly()
        post_migrate.connect(put_triggers, sender=self, dispatch_uid="almanac.put_triggers")
