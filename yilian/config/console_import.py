"""Imports a workbook from the console: the same sheets, checks and marked workbook as on the page, no queue."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from yilian.config.commands.failure import CommandRefused
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.platform import CONSOLE
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.roles import mask_of
from yilian.kernel.access.scope import scope
from yilian.kernel.audit import record
from yilian.kernel.imports.reading import Line, WorkbookRefusedError, read
from yilian.kernel.imports.saving import Outcome, save_all
from yilian.kernel.imports.sheet import Sheet, sheets
from yilian.kernel.imports.workbooks import marked

FOUNDERS = "authority"  # sheets this role may import found an installation: they need no account


def recognise(content: bytes, key: str) -> tuple[Sheet, list[Line]]:
    """Return the sheet with this key, or the only one whose headers fit, and the rows. Raises CommandRefused."""
    if key and key not in sheets:
        raise CommandRefused(_("没有“%(key)s”这种表，可选：%(known)s。") % {"key": key, "known": _choices()})
    fitting, refusal = [], ""
    for sheet in [sheets[key]] if key else sheets:
        try:
            fitting.append((sheet, read(sheet, content)))
        except WorkbookRefusedError as error:
            refusal = str(error)
    if len(fitting) == 1:
        return fitting[0]
    if key or not len(sheets):
        raise CommandRefused(refusal)
    raise CommandRefused(_("无法从表头认出表的种类，请加 --sheet：%s。") % _choices())


def acting(sheet: Sheet, username: str) -> Actor:
    """Return as whom to import: the named account, or the console itself for the sheets that found an installation.

    Raises CommandRefused.
    """
    if not username:
        if FOUNDERS not in sheet.roles:
            raise CommandRefused(_("导入“%s”须写明代表哪个账号：--as 用户名。") % sheet.title)
        name, roles = _("命令行"), mask_of(sheet.roles)
        return Actor(user_id=None, name=name, institution_id=CONSOLE, institution_name="", roles=roles)
    user = User.objects.filter(username=username, is_active=True).first()
    actor = actor_for(user) if user else None
    if actor is None or not sheet.is_for(actor):
        raise CommandRefused(_("账号 %(name)s 无权导入“%(sheet)s”。") % {"name": username, "sheet": sheet.title})
    return actor


def carry_out(
    sheet: Sheet, lines: list[Line], *, by: Actor, is_dry: bool, report: Callable[[int], None]
) -> list[Outcome]:
    """Save every row or none, and record it; what each row came to is returned."""
    with transaction.atomic(), scope(by):
        outcomes = save_all(sheet, lines, by=by, is_dry=is_dry, report=report)
        if not is_dry:
            detail = {"sheet": sheet.key, "rows": len(outcomes), "faults": sum(bool(one.faults) for one in outcomes)}
            record(by if by.user_id else None, "imported", object_kind="import", ground=by.name, detail=detail)
    return outcomes


def write_marked(sheet: Sheet, outcomes: list[Outcome], file: Path) -> Path:
    """Write the workbook with its faults marked beside the one that was read; return where it is."""
    target = file.with_name(f"{file.stem}-{_('错误')}.xlsx")
    target.write_bytes(marked(sheet, outcomes))
    return target


def _choices() -> str:
    return _("、").join(f"{sheet.key}（{sheet.title}）" for sheet in sheets)
