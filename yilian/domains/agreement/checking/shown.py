"""Findings as people read them: by clause on the page of an agreement, and by agreement over all one sees."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from yilian.domains.agreement.models import Agreement, AgreementState, Finding, Verdict
from yilian.domains.agreement.wording import kind_title, ordinal
from yilian.kernel.workflow.models import Case
from yilian.registry.clauses import clause_kinds

TONES = {Verdict.KEPT: "success", Verdict.BROKEN: "danger", Verdict.NO_DATA: "default", Verdict.NOT_DUE: "info"}
LATEST = 12
"""Periods of a clause that its card shows."""
RUNNING = (AgreementState.IN_FORCE, AgreementState.EXPIRING)


@dataclass(frozen=True)
class Shown:
    """A finding with its rows as far as the reader may open them, and how many more there are."""

    finding: Finding
    verdict: str
    tone: str
    rows: tuple[dict[str, Any], ...]
    hidden: int


def by_clause(agreement: Agreement) -> list[dict[str, Any]]:
    """Return each clause that can be checked with its latest findings, the newest first."""
    clauses = list(agreement.clauses.filter(is_dropped=False))
    found: dict[int, list[Finding]] = {}
    for row in agreement.findings.order_by("-first_on"):
        found.setdefault(row.clause_id, []).append(row)
    latest = {key: rows[:LATEST] for key, rows in found.items()}
    seen = _seen(row for rows in latest.values() for row in rows)
    lines = []
    for number, clause in enumerate(clauses, 1):
        kind = clause_kinds.get(clause.kind)
        if kind is None or not kind.asks:
            continue
        lines.append(
            {
                "place": ordinal(number),
                "clause": clause,
                "kind": kind_title(clause.kind),
                "can_be_checked": kind.check is not None,
                "findings": [_shown(row, seen) for row in latest.get(clause.pk, [])],
            }
        )
    return lines


def overview() -> list[dict[str, Any]]:
    """Return every agreement in force that the reader sees, with what its clauses' newest findings say.

    Those with something broken come first.
    """
    rows = list(Agreement.objects.filter(state__in=RUNNING).select_related("consortium").order_by("ends_on", "pk"))
    newest = Finding.objects.filter(case__in=rows).order_by("clause_id", "-first_on").distinct("clause_id")
    last_judged = Finding.objects.filter(case__in=rows).exclude(verdict=Verdict.NOT_DUE)
    judged = last_judged.order_by("clause_id", "-first_on").distinct("clause_id")
    counts: dict[Any, Counter[str]] = {}
    taken = {row.clause_id: row for row in newest} | {row.clause_id: row for row in judged}
    for row in taken.values():
        counts.setdefault(row.case_id, Counter())[row.verdict] += 1
    lines = [{"agreement": row, "counts": _counted(counts.get(row.pk, Counter()))} for row in rows]
    return sorted(lines, key=lambda line: -counts.get(line["agreement"].pk, Counter())[Verdict.BROKEN])


def _counted(counts: Counter[str]) -> list[tuple[str, str, int]]:
    return [(Verdict(key).label, TONES[Verdict(key)], counts[key]) for key in Verdict.values if counts[key]]


def _seen(rows: Iterable[Finding]) -> set[str]:
    """Return the keys of the cases behind some findings that the reader may open."""
    named = {row["case_id"] for finding in rows for row in finding.rows if row.get("case_id")}
    return {str(key) for key in Case.objects.filter(pk__in=named).values_list("pk", flat=True)}


def _shown(finding: Finding, seen: set[str]) -> Shown:
    rows: Sequence[dict[str, Any]] = finding.rows
    opened = tuple(row for row in rows if not row.get("case_id") or row["case_id"] in seen)
    verdict = Verdict(finding.verdict)
    return Shown(finding, str(verdict.label), TONES[verdict], opened, len(rows) - len(opened))
