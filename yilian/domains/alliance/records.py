"""Questions to the public rows of consortia, as rules, pages and indicators ask them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from yilian.domains.alliance.models import Cause, Ending
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case
from yilian.registry.codes.hierarchy import lineage
from yilian.registry.models import Consortium, Institution


def failed_alliances(lead_id: int, specialty: str) -> list[Ending]:
    """Return the endings of alliances of this specialty that this lead lost for failing, the latest first.

    An ending counts from its order on; `specialty` is a code. A subject and those above and below it in the code system
    are one specialty here (03 and 03.04): else a ban on cardiology would end with an application for internal medicine.
    """
    kin = lineage("specialty", specialty)
    rows = Ending.objects.filter(cause=Cause.FAILED, consortium__lead_id=lead_id, consortium__specialty__code__in=kin)
    return list(rows.select_related("consortium__specialty").order_by("-ordered_on"))


def running(kind: str | None = None, on: date | None = None) -> "Iterable[Consortium]":
    """Return consortia that have not ended (on a day), optionally of one kind."""
    still = Q(ended_on__isnull=True) if on is None else Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    rows = Consortium.objects.filter(still).select_related("lead")
    return rows.filter(kind=kind) if kind else rows


def named(name: str) -> Consortium | None:
    """Return the running consortium of this name, or None."""
    return Consortium.objects.filter(name=name, ended_on__isnull=True).first()


def subjects_of(institution: Institution) -> set[str]:
    """Return the codes of the subjects an institution is registered for, with the first-level ones above them."""
    found = set(institution.subjects.values_list("code", flat=True))
    return found | {code.split(".")[0] for code in found}


def has_attachment(case: Case, kind: str) -> bool:
    """Say whether a file of this kind hangs on the case and was not removed."""
    return case.attachments.filter(kind=kind, removed_at=None).exists()  # type: ignore[attr-defined]


def cases_of(consortium_id: int, limit: int) -> list[Case]:
    """Return the cases of this domain about a consortium that the reader sees, the latest first."""
    kinds = [kind.key for kind in case_types if kind.model._meta.app_label == "alliance"]
    rows = Case.objects.filter(consortium=consortium_id, kind__in=kinds).order_by("-id")[:limit]
    return list(rows.prefetch_related("history"))
