"""`yilian import`: reads a workbook of regions, codes, institutions, staff or patients."""

import argparse
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.commands.failure import CommandRefused
from yilian.config.preparing import prepare_database
from yilian.config.progress import show_progress
from yilian.kernel.postgres.place import in_use

NAME = "import"
HELP = gettext_lazy("导入 Excel：区划、代码、机构、人员、患者")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, as whom to import it, and whether to write."""
    parser.add_argument("file", type=Path, help=_("Excel 文件"))
    parser.add_argument("--sheet", default="", help=_("表的种类；默认按表头识别"))
    parser.add_argument("--as", dest="username", default="", help=_("代表哪个账号导入"))
    parser.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))


def run(arguments: argparse.Namespace) -> int:
    """Write all rows or none; with faults the marked workbook lies beside the file and the exit status is 1."""
    from yilian.config import console_import

    if not arguments.file.is_file():
        raise CommandRefused(_("找不到文件 %s。") % arguments.file)
    sheet, lines = console_import.recognise(arguments.file.read_bytes(), arguments.sheet)
    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        actor = console_import.acting(sheet, arguments.username)
        outcomes = console_import.carry_out(
            sheet, lines, by=actor, is_dry=arguments.dry_run, report=lambda done: show_progress(done, len(lines))
        )
    faulty = sum(bool(outcome.faults) for outcome in outcomes)
    if faulty:
        target = console_import.write_marked(sheet, outcomes, arguments.file)
        print(_("%(count)d 行有错误，未写入任何数据。原因见 %(file)s") % {"count": faulty, "file": target})
        return 1
    counts = Counter(str(outcome.saved) for outcome in outcomes)
    facts = {"title": sheet.title, "new": counts["created"], "changed": counts["updated"], "same": counts["unchanged"]}
    done = _("检查通过，未写入：") if arguments.dry_run else _("已导入：")
    print(done + _("%(title)s 新增 %(new)d 行，更新 %(changed)d 行，无变化 %(same)d 行。") % facts)
    return 0
