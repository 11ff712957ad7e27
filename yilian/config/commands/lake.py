"""`yilian lake`: brings the Parquet files for the numbers up to date, makes them anew, compares them, or shows them."""

import argparse
from collections import Counter

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.commands.failure import CommandRefused
from yilian.config.preparing import prepare_database
from yilian.kernel.clock import local
from yilian.kernel.lake.fact import facts
from yilian.kernel.postgres.place import in_use

NAME = "lake"
HELP = gettext_lazy("指标数据湖：刷新、重建、核对、状态")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is to be done."""
    parser.add_argument("action", choices=sorted(ACTIONS), help=_("刷新、重建、核对或状态"))


def run(arguments: argparse.Namespace) -> int:
    """Do it; the exit status is 1 when the lake differs from the database."""
    from yilian.kernel.lake.manifest import BrokenManifestError
    from yilian.kernel.lake.source import LakeBusyError

    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        try:
            return ACTIONS[arguments.action]()
        except LakeBusyError:
            raise CommandRefused(_("另一个进程正在更新数据湖，请稍后再试。")) from None
        except BrokenManifestError as error:
            raise CommandRefused(_("数据湖清单无法读取，请运行 yilian lake rebuild：%s") % error) from None


def _refresh() -> int:
    from yilian.kernel.lake.refreshing import refresh

    return _said(refresh(wait=False))


def _rebuild() -> int:
    from yilian.kernel.lake.refreshing import rebuild

    return _said(rebuild(wait=False))


def _said(done) -> int:
    print(_("已更新 %(months)d 个月份的数据，写入 %(rows)d 行。") % {"months": len(done.months), "rows": done.rows})
    return 0


def _check() -> int:
    from yilian.kernel.lake.checking import check

    found = check(wait=False)
    for one in found:
        what = _("文件缺失或损坏") if one.is_broken_file else _("数据不一致：%s") % ", ".join(one.columns)
        print(f"{facts[one.fact].title} {one.month} {what}")
    print(_("有 %d 处不一致，请运行 yilian lake rebuild。") % len(found) if found else _("数据湖与数据库一致。"))
    return 1 if found else 0


def _status() -> int:
    from yilian.kernel.lake.manifest import read_manifest

    held = read_manifest()
    at = held.refreshed_at
    print(_("上次刷新：%s") % (local(at).strftime("%Y-%m-%d %H:%M") if at else _("从未刷新")))
    rows, sizes, months = Counter[str](), Counter[str](), {fact.key: set[int]() for fact in facts}
    for part in held.parts:
        rows[part.fact] += part.rows
        sizes[part.fact] += part.size
        months.setdefault(part.fact, set()).add(part.month)
    for fact in facts:
        said = {"months": len(months[fact.key]), "rows": rows[fact.key], "size": round(sizes[fact.key] / 1e6, 1)}
        print(f"{fact.title}：" + _("%(months)d 个月，%(rows)d 行，%(size)s MB") % said)
    return 0


ACTIONS = {"refresh": _refresh, "rebuild": _rebuild, "check": _check, "status": _status}
