"""The workbook of services: brought in by the institution that offers them, and handed out in the same columns."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.directory.forms import terms_of
from yilian.domains.capacity.directory.writing import (
    KEEPERS,
    LONGEST_WAIT,
    offer_service,
    revise_service,
    switch_service,
)
from yilian.domains.capacity.models import Direction, Service
from yilian.domains.capacity.models.service import OLDEST
from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.cells import Cell, one_of, several, text, whole, yes_no
from yilian.kernel.imports.sheet import Column, Saved, Sheet, sheets
from yilian.kernel.imports.workbooks import HEAD, OPTIONS, WIDTH
from yilian.registry.models import Department
from yilian.registry.sheets.words import code_in, institution, meanings

KEY = "services"


def directions(cell: Cell) -> list[str]:
    """Return the directions in a list of words such as 上转、平转."""
    parse = one_of(meanings(Direction))
    return [parse(word) for word in several(cell)]


def _save(values: Mapping[str, Any], by: Actor) -> Saved:
    given = dict(values)
    place, is_on = given.pop("institution", None), given.pop("is_on", None)
    if place is not None and place.pk != by.institution_id:
        raise ValidationError({"institution": [now("只能导入本机构的服务")]})
    terms = terms_of(given | {"department": _department(given.get("department", ""), by)})
    known = Service.objects.filter(institution_id=by.institution_id, name=given["name"].strip()).first()
    if known is None:
        offer_service(by=by, is_on=True if is_on is None else is_on, **terms)
        return Saved.CREATED
    revised = revise_service(known, by=by, **terms)
    switched = is_on is not None and switch_service(known, by=by, is_on=is_on)
    return Saved.UPDATED if revised or switched else Saved.UNCHANGED


def _department(name: str, by: Actor) -> int:
    rows = Department.objects.filter(institution_id=by.institution_id, name=name.strip(), ended_on__isnull=True)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise ValidationError({"department": [now("本机构没有科室“{name}”，请先登记").format(name=name)]})
    return found


SHEET = sheets.add(
    Sheet(
        key=KEY,
        title=_("服务目录"),
        columns=(
            Column(_("机构"), "institution", institution, help=_("可不填；只能填本机构")),
            Column(_("服务名称"), "name", text(80), required=True, example="心血管内科住院"),
            Column(_("科室"), "department", text(80), required=True, example="心血管内科"),
            Column(_("诊疗科目"), "subject", code_in("specialty"), help=_("代码或名称"), example="03.04"),
            Column(_("接收方向"), "directions", directions, required=True, help=_("上转、下转、平转，用顿号分隔"),
                   example="上转、平转"),
            Column(_("最小年龄"), "age_from", whole(0, OLDEST), help=_("周岁；不限请留空")),
            Column(_("最大年龄"), "age_until", whole(0, OLDEST), help=_("周岁；不限请留空")),
            Column(_("转入要求"), "requirements", text(2000)),
            Column(_("开放时间"), "opening_hours", text(200)),
            Column(_("联系电话"), "phone", text(40)),
            Column(_("一院一品"), "is_featured", yes_no, choices=("是", "否")),
            Column(_("公布的等候天数"), "claimed_wait", whole(0, LONGEST_WAIT)),
            Column(_("接收中"), "is_on", yes_no, choices=("是", "否")),
        ),
        save=_save,
        keys=(("name",),),
        roles=KEEPERS,
    )
)  # fmt: skip


def listed(services: Iterable[Service]) -> bytes:
    """Return a workbook of services in the columns in which they are brought in."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        page, head = book.add_worksheet(str(SHEET.title)), book.add_format(HEAD)
        page.set_column(0, len(SHEET.columns) - 1, WIDTH, book.add_format({"num_format": "@"}))
        page.freeze_panes(1, 0)
        for place, column in enumerate(SHEET.columns):
            page.write_string(0, place, column.heading + ("*" if column.required else ""), head)
        for row, service in enumerate(services, 1):
            for place, column in enumerate(SHEET.columns):
                page.write_string(row, place, _cell(service, column.name))
    return buffer.getvalue()


def _cell(service: Service, name: str) -> str:
    value = getattr(service, name)
    if name == "institution":
        return service.institution.name
    if name == "subject":
        return service.subject.code if service.subject else ""
    if name == "directions":
        words = {value: word for word, value in meanings(Direction).items()}
        return "、".join(words[direction] for direction in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
