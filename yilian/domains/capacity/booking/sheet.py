"""The workbook of places: each row opens a bed by its name, or the slots of a span of time, or takes them off."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.board.reporting import KEEPERS, add_resource, find_resource
from yilian.domains.capacity.board.sheet import KINDS, ward_named
from yilian.domains.capacity.booking.opening import MOST, Span, close_place, open_beds, open_slots, slots_within
from yilian.domains.capacity.models import Place, Resource
from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.cells import moment, one_of, text, whole, yes_no
from yilian.kernel.imports.sheet import Column, Saved, Sheet, sheets

MINUTES = 30
"""How long a slot is when the row does not say; the form proposes the same."""


def _save(values: Mapping[str, Any], by: Actor) -> Saved:
    starts, ends = values.get("starts_at"), values.get("ends_at")
    if (starts is None) != (ends is None):
        raise ValidationError({"ends_at": [now("开始时间和结束时间应同时填写；床位都不填")]})
    ward = ward_named(values.get("department") or "", by)
    kind, title = values["kind"], values["resource"]
    resource = find_resource(by.institution_id, kind, title, ward)
    resource = resource or add_resource(by=by, kind=kind, name=title, department=ward)
    span = Span(starts, ends, values.get("minutes") or MINUTES) if starts and ends else None
    known = _known(resource, values["name"], span)
    if values.get("is_on") is False:
        return _taken_off([row for row in known if row.is_on], by)
    if known and all(row.is_on for row in known) and (span is None or len(known) == span.count):
        return Saved.UNCHANGED
    if span is None:
        open_beds(resource, [values["name"]], by=by)
    else:
        open_slots(resource, values["name"], span, by=by, is_quota=bool(values.get("is_quota")))
    return Saved.UPDATED if known else Saved.CREATED


def _known(resource: Resource, name: str, span: Span | None) -> list[Place]:
    """Return the bed of this name, or the slots of just these times."""
    if span is None:
        return list(Place.objects.filter(resource=resource, name=name.strip(), starts_at=None))
    cut = set(span.cut()) if span.count <= MOST else set()
    return [row for slot, row in slots_within(resource, name, span).items() if slot in cut]


def _taken_off(rows: list[Place], by: Actor) -> Saved:
    for row in rows:
        close_place(row, by=by)
    return Saved.UPDATED if rows else Saved.UNCHANGED


SHEET = sheets.add(
    Sheet(
        key="places",
        title=_("床位与号源"),
        columns=(
            Column(_("科室"), "department", text(80), example="心血管内科"),
            Column(_("类别"), "kind", one_of(KINDS), required=True, choices=tuple(KINDS), example="门诊号源"),
            Column(_("资源"), "resource", text(80), required=True, help=_("资源看板上的名称，没有的随行登记"),
                   example="专家门诊"),
            Column(_("名称"), "name", text(40), required=True, help=_("床号，或诊次名称"), example="上午号"),
            Column(_("开始时间"), "starts_at", moment, help=_("床位不填"), example="2026-12-01 08:00"),
            Column(_("结束时间"), "ends_at", moment, example="2026-12-01 11:00"),
            Column(_("每号分钟数"), "minutes", whole(1, 1440), help=_("不填为 30"), example="30"),
            Column(_("先留给下级机构"), "is_quota", yes_no, choices=("是", "否")),
            Column(_("使用中"), "is_on", yes_no, choices=("是", "否"), help=_("填“否”即停用；已预约的不受影响")),
        ),
        save=_save,
        keys=(("department", "kind", "resource", "name", "starts_at"),),
        roles=KEEPERS,
    )
)  # fmt: skip
