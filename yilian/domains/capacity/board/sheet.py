"""The workbook of figures: each row names a resource of one's own institution, made if it is new, and its figure."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.board.reporting import KEEPERS, Said, add_resource, find_resource, report
from yilian.domains.capacity.models import Resource, ResourceKind, Source
from yilian.domains.capacity.models.board import MOST
from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.cells import moment, one_of, text, whole
from yilian.kernel.imports.sheet import Column, Saved, Sheet, sheets
from yilian.registry.models import Department
from yilian.registry.sheets.words import meanings


def _save(values: Mapping[str, Any], by: Actor) -> Saved:
    ward = ward_named(values.get("department") or "", by)
    row = find_resource(by.institution_id, values["kind"], values["name"], ward)
    is_new = row is None
    resource: Resource = row or add_resource(by=by, kind=values["kind"], name=values["name"], department=ward)
    as_of = values.get("as_of")
    same = (values["free"], values.get("total"), as_of)
    if as_of is not None and same == (resource.free, resource.total, resource.as_of):
        return Saved.UNCHANGED
    report(resource, Said(values["free"], values.get("total"), as_of), by=by, source=Source.EXCEL)
    return Saved.CREATED if is_new else Saved.UPDATED


def ward_named(name: str, by: Actor) -> Department | None:
    """Return the department of the acting institution that a cell names; raises ValidationError when there is none."""
    if not name.strip():
        return None
    rows = Department.objects.filter(institution_id=by.institution_id, name=name.strip(), ended_on__isnull=True)
    found = rows.first()
    if found is None:
        raise ValidationError({"department": [now("本机构没有科室“{name}”，请先登记").format(name=name)]})
    return found


KINDS = meanings(ResourceKind)
SHEET = sheets.add(
    Sheet(
        key="capacity",
        title=_("资源数"),
        columns=(
            Column(_("科室"), "department", text(80), example="心血管内科"),
            Column(_("类别"), "kind", one_of(KINDS), required=True, choices=tuple(KINDS), example="病床"),
            Column(_("名称"), "name", text(80), required=True, example="普通床"),
            Column(_("空闲"), "free", whole(0, MOST), required=True, example="3"),
            Column(_("总数"), "total", whole(0, MOST), help=_("不清楚请留空"), example="40"),
            Column(_("截至"), "as_of", moment, help=_("不填为导入的时刻"), example="2026-11-22 08:30"),
        ),
        save=_save,
        keys=(("department", "kind", "name"),),
        roles=(*KEEPERS, "nursing"),
    )
)  # fmt: skip
