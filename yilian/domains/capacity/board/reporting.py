"""Reporting figures: by the institution itself, or by another one that has asked by telephone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.domains.capacity.models import Report, Resource, Source
from yilian.domains.capacity.models.board import MOST
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.registry.models import Department
from yilian.registry.writing import Faults

KEEPERS = ("reception", "registrar", "office", "director")
"""Who says what the institution has places of."""
REPORTERS = (*KEEPERS, "nursing", "doctor")
"""Who reports how many are free, and who asks another institution by telephone."""
SLACK = timedelta(minutes=5)
"""Clocks of other systems may be ahead by so much."""


@dataclass(frozen=True)
class Said:
    """What is reported about a resource: `free` of `total` (None is unknown), as of when."""

    free: int | None
    total: int | None = None
    as_of: datetime | None = None


def add_resource(*, by: Actor, kind: str, name: str, department: Department | None = None) -> Resource:
    """Insert something of which the acting institution has places; raises ValidationError."""
    row = Resource(institution_id=by.institution_id, kind=kind, name=(name or "").strip(), department=department)
    faults = Faults()
    if department and department.institution_id != by.institution_id:
        faults.add("department", _("科室应为本机构的科室"))
    if find_resource(by.institution_id, kind, row.name, department):
        faults.add("name", _("本机构已登记该资源"))
    faults.of(row, ask_database=False)
    faults.refuse()
    with transaction.atomic():
        row.save(force_insert=True)
        audit.record(by, "added_resource", object_kind="resource", object_id=row.pk)
    return row


def find_resource(institution_id: int, kind: str, name: str, department: Department | None) -> Resource | None:
    """Return what an institution calls by this name in this ward, or None."""
    rows = Resource.objects.filter(institution_id=institution_id, kind=kind, name=name, department=department)
    return rows.first()


def switch_resource(resource: Resource, *, by: Actor, is_on: bool) -> None:
    """Show a resource on the board, or no longer; raises ValidationError for one of another institution."""
    if not Resource.objects.filter(pk=resource.pk, institution_id=by.institution_id).update(is_on=is_on):
        raise ValidationError(_("资源由所属机构自己维护。"))
    audit.record(by, "switched_resource", object_kind="resource", object_id=resource.pk, detail={"is_on": is_on})


def report(resource: Resource, said: Said, *, by: Actor, source: str) -> Report:
    """Report a figure about a resource of the acting institution; raises ValidationError."""
    if resource.institution_id != by.institution_id:
        raise ValidationError(_("只能报告本机构的资源；其他机构请用电话核实。"))
    return _write(resource, said, by=by, source=source)


def confirm_by_phone(resource: Resource, said: Said, *, by: Actor, confirmed_with: str) -> Report:
    """Write down what another institution said on the telephone, with whom and when; raises ValidationError."""
    if not confirmed_with.strip():
        raise ValidationError({"confirmed_with": [_("请写明与谁核实")]})
    return _write(resource, said, by=by, source=Source.PHONE, confirmed_with=confirmed_with.strip())


def report_all(said: Iterable[tuple[Resource, Said]], *, by: Actor, source: str) -> int:
    """Report several figures together and return how many; all or none."""
    with transaction.atomic():
        return len([report(resource, one, by=by, source=source) for resource, one in said])


def _write(resource: Resource, said: Said, *, by: Actor, source: str, confirmed_with: str = "") -> Report:
    at = clock.now()
    as_of = said.as_of or at
    faults = Faults()
    if said.free is None or not 0 <= said.free <= MOST:
        faults.add("free", _("空闲数应为 0 至 {most} 的整数").format(most=MOST))
    elif said.total is not None and not said.free <= said.total <= MOST:
        faults.add("total", _("总数应不小于空闲数"))
    if as_of > at + SLACK:
        faults.add("as_of", _("截至时间不能晚于现在"))
    faults.refuse()
    with transaction.atomic():
        row = Report.objects.create(
            resource=resource, free=said.free, total=said.total, as_of=as_of, source=source, reporter_name=by.name,
            confirmed_with=confirmed_with[:100], reported_by_id=by.institution_id, reported_at=at,
        )  # fmt: skip
        audit.record(by, "reported_capacity", object_kind="resource", object_id=resource.pk)
    return row
