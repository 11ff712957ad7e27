"""The look-ups behind picker questions: institutions, departments, people, patients, consortia, codes, regions."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Model, Q, QuerySet, When
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.lookups import Found, Lookup, lookups
from yilian.registry import known, patients
from yilian.registry.codes import search as codes
from yilian.registry.consortia import companions
from yilian.registry.models import Consortium, Department, Grid, Institution, Patient, Practitioner, Region
from yilian.registry.models.patient import Sex

Noun = TypeVar("Noun", bound=Model)
MOST = 20
REGISTERERS = ("doctor", "reception", "nursing", "registrar")
"""The roles that register patients."""
AFTER_ALL = "\U0010ffff"


def _matching(rows: QuerySet, text: str, *columns: str) -> QuerySet:
    """Narrow to rows whose name contains Chinese text, or whose pinyin or code begins with latin text."""
    wanted = text.strip()
    if not wanted:
        return rows
    if not wanted.isascii():
        return rows.filter(name__contains=wanted)
    latin = wanted.lower().replace(" ", "")
    begins = Q(name__icontains=wanted)
    for column in columns:
        begins |= Q(**{f"{column}__gte": latin, f"{column}__lt": latin + AFTER_ALL})
    return rows.filter(begins)


def _institutions(source: str) -> QuerySet[Institution]:
    """Return institutions that still exist: medical ones, or with the source "authority" health authorities."""
    rows = Institution.objects.filter(ended_on__isnull=True).select_related("region")
    return rows if source == "any" else rows.filter(is_authority=source == "authority")


def _institution(row: Institution, together: str = "") -> Found:
    grade = row.get_grade_display() if row.grade else ""
    return Found(row.pk, row.name, " ".join(part for part in (grade, str(row.region or ""), together) if part))


def _search_institutions(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """The members of one's own group or community come first, then those of one's alliances and networks."""
    close, wide = companions(actor.institution_id, clock.today())
    nearness = Case(When(pk__in=[*close], then=0), When(pk__in=[*wide], then=1), default=2)
    rows = _matching(_institutions(source), text, "initials", "pinyin").order_by(nearness, "-grade", "id")
    return [_institution(row, close.get(row.pk) or wide.get(row.pk, "")) for row in rows[:MOST]]


def _resolve_institution(actor: Actor, value: Any, source: str) -> Found | None:
    row = _numbered(known.institution, value)
    if row is None or row.ended_on or (source != "any" and row.is_authority != (source == "authority")):
        return None
    return _institution(row)


def _departments(text: str, institution: str) -> QuerySet[Department]:
    rows = Department.objects.filter(ended_on__isnull=True).select_related("institution")
    return _matching(rows.filter(institution_id=institution), text)


def _search_departments(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """`source` names the question that holds the institution; without one it is the actor's own."""
    institution = context.get(source, "") if source else str(actor.institution_id)
    if not institution.isdecimal():
        return []
    return [Found(row.pk, row.name, str(row.institution)) for row in _departments(text, institution)[:MOST]]


def _resolve_department(actor: Actor, value: Any, source: str) -> Found | None:
    row = _numbered(known.department, value)
    return Found(row.pk, row.name, str(row.institution)) if row else None


def _practitioner(row: Practitioner) -> Found:
    return Found(row.pk, row.name, " ".join(part for part in (row.title, str(row.department or "")) if part))


def _practitioners(source: str, actor: Actor) -> QuerySet[Practitioner]:
    rows = Practitioner.objects.filter(ended_on__isnull=True).select_related("department")
    return rows if source else rows.filter(institution_id=actor.institution_id)


def _search_practitioners(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    rows = _practitioners(source, actor)
    if source:
        institution = context.get(source, "")
        rows = rows.filter(institution_id=institution) if institution.isdecimal() else rows.none()
    return [_practitioner(row) for row in _matching(rows, text, "initials").order_by("name")[:MOST]]


def _resolve_practitioner(actor: Actor, value: Any, source: str) -> Found | None:
    row = _by_number(_practitioners(source, actor), value)
    return row and _practitioner(row)


def _patient(row: Patient | patients.PatientLine) -> Found:
    facts = (str(Sex(row.sex).label), str(row.birth_on or ""), row.identity_masked)
    return Found(row.id, row.name, " ".join(part for part in facts if part))


def _search_patients(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    return [_patient(row) for row in patients.search(actor, text, limit=MOST)]


def _resolve_patient(actor: Actor, value: Any, source: str) -> Found | None:
    try:
        row = known.patient(value if isinstance(value, UUID) else UUID(str(value)))
    except ValueError:
        return None
    return _patient(row) if row and row.merged_into_id is None else None


def _new_patient(actor: Actor) -> tuple[str, str] | None:
    return ("/patients/new/", _("登记新患者")) if actor.may(*REGISTERERS) else None


def _consortia(source: str) -> QuerySet[Consortium]:
    rows = Consortium.objects.filter(ended_on__isnull=True).select_related("lead")
    return rows.filter(kind=source) if source else rows


def _search_consortia(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    rows = _matching(_consortia(source), text).order_by("name")
    return [Found(row.pk, row.name, str(row.lead)) for row in rows[:MOST]]


def _resolve_consortium(actor: Actor, value: Any, source: str) -> Found | None:
    row = _numbered(known.consortium, value)
    if row is None or row.ended_on or (source and row.kind != source):
        return None
    return Found(row.pk, row.name, str(row.lead))


def _search_codes(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    return [Found(code.code, code.name, code.code) for code in codes.search(source, text, on=clock.today(), limit=MOST)]


def _resolve_code(actor: Actor, value: Any, source: str) -> Found | None:
    code = codes.named(source, str(value))
    return Found(code.code, code.name, code.code) if code else None


def _search_regions(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    rows = _matching(Region.objects.select_related("parent"), text, "code").order_by("code")
    return [Found(row.pk, row.name, str(row.parent or "")) for row in rows[:MOST]]


def _resolve_region(actor: Actor, value: Any, source: str) -> Found | None:
    row = known.region(str(value))
    return Found(row.pk, row.name) if row else None


def _search_grids(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    rows = _matching(Grid.objects.prefetch_related("regions"), text).order_by("name")
    return [_grid(row) for row in rows[:MOST]]


def _resolve_grid(actor: Actor, value: Any, source: str) -> Found | None:
    row = _by_number(Grid.objects.prefetch_related("regions"), value)
    return row and _grid(row)


def _grid(row: Grid) -> Found:
    return Found(row.pk, row.name, "、".join(region.name for region in row.regions.all()))


def _numbered(find: Callable[[int], Noun | None], value: Any) -> Noun | None:
    """Return the noun of this number from memory, or None when the value is no number."""
    text = str(value)
    return find(int(text)) if text.isdecimal() and len(text) < 10 else None


def _by_number(rows: QuerySet, value: Any) -> Any:
    text = str(value)
    return rows.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 10 else None


for _lookup in (
    Lookup("institution", _search_institutions, _resolve_institution),
    Lookup("department", _search_departments, _resolve_department),
    Lookup("practitioner", _search_practitioners, _resolve_practitioner),
    Lookup("patient", _search_patients, _resolve_patient, _new_patient),
    Lookup("consortium", _search_consortia, _resolve_consortium),
    Lookup("code", _search_codes, _resolve_code),
    Lookup("region", _search_regions, _resolve_region),
    Lookup("grid", _search_grids, _resolve_grid),
):
    lookups.add(_lookup)
