"""`yilian migrate`: brings the database up to date."""

import argparse

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.preparing import prepare_database
from yilian.kernel.postgres.place import in_use

NAME = "migrate"
HELP = gettext_lazy("创建或升级数据库结构")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Migrating takes no options."""


def run(arguments: argparse.Namespace) -> None:
    """Migrate as the owner role; safe when several processes do it at once."""
    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
    print(_("数据库已是最新。"))
