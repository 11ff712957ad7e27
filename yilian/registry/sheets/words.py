"""Cells that name something known: a code, a region, an institution."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel.imports.cells import Cell, CellError, as_text
from yilian.registry.codes import search
from yilian.registry.models import Code, Institution, Region


def meanings(choices: type[models.Choices]) -> Mapping[str, Any]:
    """Return the values of a closed list by their Chinese words."""
    with translation.override("zh-hans"):
        return {str(label): value for value, label in choices.choices}


def code_in(system: str) -> Callable[[Cell], str]:
    """Return a parser for a code of a system, given by number or by name."""

    def parse(cell: Cell) -> str:
        word = as_text(cell)
        known = search.named(system, word) or Code.objects.filter(system_id=system, name=word).order_by("code").first()
        if known is None:
            raise CellError(_("“%(word)s”不是已登记的代码或名称") % {"word": word})
        return known.code

    return parse


def region(cell: Cell) -> Region:
    """Return the region with this code."""
    word = as_text(cell)
    known = Region.objects.filter(pk=word).first()
    if known is None:
        raise CellError(_("区划代码“%(word)s”尚未登记") % {"word": word})
    return known


def institution(cell: Cell) -> Institution:
    """Return the institution with this unified social credit code, licence number, or exact name."""
    word = as_text(cell)
    found = Institution.objects.filter(
        models.Q(unified_code=word.upper()) | models.Q(licence_number=word) | models.Q(name=word)
    )[:2]
    if len(found) != 1:
        says = _("“%(word)s”对应多家机构，请改填统一社会信用代码") if found else _("机构“%(word)s”尚未登记")
        raise CellError(says % {"word": word})
    return found[0]
