"""`yilian import`: reads a workbook of institutions, staff, patients or regions."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.commands.failure import CommandRefused
from yilian.config.preparing import prepare_database
from yilian.kernel.postgres.place import in_use

NAME = "import"
HELP = gettext_lazy("导入 Excel：机构、人员、患者、区划")
COMMAND = "import_workbook"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and whether to write."""
    parser.add_argument("file", type=Path, help=_("Excel 文件"))
    parser.add_argument("--sheet", default="", help=_("表的种类；默认按表头识别"))
    parser.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))


def run(arguments: argparse.Namespace) -> None:
    """Check the file, then write all of its rows or none."""
    if not arguments.file.is_file():
        raise CommandRefused(_("找不到文件 %s。") % arguments.file)
    if COMMAND not in get_commands():
        raise CommandRefused(_("此版本没有导入功能。"))
    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        call_command(COMMAND, str(arguments.file), sheet=arguments.sheet, dry_run=arguments.dry_run)
