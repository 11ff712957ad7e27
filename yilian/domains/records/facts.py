"""What rules ask the database: whose documents these are, and whether any came back."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from yilian.domains.records.models import PackageItem, Record
from yilian.kernel.workflow.models import Case

WRITTEN = ("discharge_summary", "treatment_given")
"""The answers of a referral that make a document of themselves."""


def strange_documents(case: Case, keys: Sequence[str | UUID]) -> list[str]:
    """Return the titles of documents that are of another patient, replaced or in error."""
    if not keys:
        return []
    rows = {str(row.pk): row for row in Record.objects.filter(pk__in=keys).defer("sections")}
    wrong = [rows.get(str(key)) for key in keys if not _fits(rows.get(str(key)), case)]
    return [str(row) if row else _("找不到的文档") for row in wrong]


def _fits(row: Record | None, case: Case) -> bool:
    return row is not None and row.patient_id == case.patient_id and row.status == "current"


def feedback_is_written(case: Case) -> bool:
    """Say whether the case itself holds enough text for a document."""
    return any(str(getattr(case, name, "")).strip() for name in WRITTEN)


def has_given_back(case: Case, institution_id: int) -> bool:
    """Say whether the institution has put a document of its own into the package of the case."""
    rows = PackageItem.objects.filter(case_id=case.pk, institution_id=institution_id)
    return rows.filter(record__institution_id=institution_id).exists()
