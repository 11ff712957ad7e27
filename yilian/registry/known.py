"""Nouns by their keys, those that rarely change from memory: whoever gets one of these reads it only."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Model

from yilian.kernel import rows
from yilian.kernel.almanac.keeping import kept
from yilian.registry.models import Consortium, Department, Institution, Membership, Patient, Region
from yilian.registry.models.consortium import MemberRole

TABLES = ("Institution", "Department", "Region", "Code", "Consortium", "Membership")


@kept
def institution(pk: int) -> Institution | None:
    """Return an institution with its region, or None."""
    return Institution.objects.filter(pk=pk).select_related("region").first()


@kept
def department(pk: int) -> Department | None:
    """Return a department with its institution, or None."""
    return Department.objects.filter(pk=pk).select_related("institution").first()


@kept
def region(code: str) -> Region | None:
    """Return a region, or None."""
    return Region.objects.filter(pk=code).first()


@kept
def consortium(pk: int) -> Consortium | None:
    """Return a consortium with its lead, or None."""
    return Consortium.objects.filter(pk=pk).select_related("lead").first()


@kept
def memberships_of(institution_id: int) -> tuple[Membership, ...]:
    """Return every membership an institution ever had with its consortium, the oldest consortium first."""
    rows = Membership.objects.filter(institution_id=institution_id).select_related("consortium")
    return tuple(rows.order_by("consortium_id", "pk"))


@kept
def leaderships_of(consortium_id: int) -> tuple[Membership, ...]:
    """Return the memberships of every institution that ever led a consortium, with institution and consortium."""
    rows = Membership.objects.filter(consortium_id=consortium_id, role=MemberRole.LEAD)
    return tuple(rows.select_related("institution", "consortium").order_by("consortium", "since_on", "pk"))


@kept
def authorities() -> tuple[Institution, ...]:
    """Return the health authorities that exist."""
    return tuple(Institution.objects.filter(is_authority=True, ended_on__isnull=True).order_by("pk"))


def patient(pk: UUID) -> Patient | None:
    """Return a patient whom the acting institution knows, or None; always from the database."""
    return rows.read(Patient, pk)


FINDERS: dict[type[Model], Callable[[Any], Model | None]] = {
    Institution: institution,
    Department: department,
    Region: region,
    Consortium: consortium,
}
"""The nouns that cases point to, each with the function that finds it by its key."""
