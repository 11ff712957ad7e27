"""Writing clauses: from a template, copied from another agreement, added, changed, dropped; each change is a round."""

from collections.abc import Iterable, Mapping
from typing import Any

from yilian.domains.agreement.library import Pattern, filled, patterns, templates
from yilian.domains.agreement.models import Agreement, Clause, ClauseRound, Way
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.answers import Answers


def keep_template(agreement: Agreement, answers: Answers, actor: Actor) -> None:
    """Draft the clauses of the template that the form names, unless somebody has worked on clauses already."""
    template = templates().get(agreement.template)
    here = list(agreement.clauses.filter(is_dropped=False))
    if template is None or any(not row.source or row.round > 1 for row in here):
        return
    wanted = [pattern.key for pattern in template.clauses]
    if [row.source for row in here] == wanted:
        _fill(agreement, here)
        return
    agreement.clauses.filter(pk__in=[row.pk for row in here]).update(is_dropped=True)
    Clause.objects.bulk_create(
        _drafted(agreement, pattern, position) for position, pattern in enumerate(template.clauses, 1)
    )


def copy_clauses(source: Agreement, target: Agreement) -> None:
    """Begin an agreement with the clauses of another as they stand."""
    Clause.objects.bulk_create(
        Clause(case=target, position=row.position, kind=row.kind, title=row.title, text=row.text, terms=row.terms,
               source=row.source)
        for row in source.clauses.filter(is_dropped=False)
    )  # fmt: skip


def add(agreement: Agreement, values: Mapping[str, Any], *, by: Actor, note: str = "") -> Clause:
    """Add a clause at the end; `values` are {kind, title, text, terms}."""
    last = agreement.clauses.order_by("-position").first()
    row = Clause.objects.create(case=agreement, position=(last.position if last else 0) + 1, **values)
    _note(row, Way.ADDED, {}, by=by, note=note)
    return row


def change(row: Clause, values: Mapping[str, Any], *, by: Actor, note: str = "") -> None:
    """Change title, text and terms of a clause."""
    before = said(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.round += 1
    row.save(update_fields=[*values, "round"])
    _note(row, Way.CHANGED, before, by=by, note=note)


def drop(row: Clause, *, by: Actor, note: str = "") -> None:
    """Take a clause out; its rounds stay."""
    before = said(row)
    row.is_dropped, row.round = True, row.round + 1
    row.save(update_fields=["is_dropped", "round"])
    _note(row, Way.DROPPED, before, by=by, note=note)


def at_place(agreement: Agreement, place: int) -> Clause | None:
    """Return the clause that reads 第n条, or None: those taken out are not counted."""
    rows = list(agreement.clauses.filter(is_dropped=False))
    return rows[place - 1] if 0 < place <= len(rows) else None


def said(row: Clause) -> dict[str, Any]:
    """Return what a round keeps of a clause."""
    return {"title": row.title, "text": row.text, "terms": row.terms}


def article_of(row: Clause) -> str:
    """Return the address of the article that the library took the clause from, below /regulations/; may be empty."""
    pattern = patterns().get(row.source)
    return pattern.source if pattern else ""


def _drafted(agreement: Agreement, pattern: Pattern, position: int) -> Clause:
    return Clause(
        case=agreement, position=position, kind=pattern.kind, title=pattern.title, text=pattern.text,
        terms=filled(pattern, agreement.drafter_id, agreement.partners), source=pattern.key,
    )  # fmt: skip


def _fill(agreement: Agreement, rows: Iterable[Clause]) -> None:
    """Let clauses speak of the parties as they are named now."""
    for row in rows:
        terms = filled(patterns()[row.source], agreement.drafter_id, agreement.partners)
        if terms != row.terms:
            Clause.objects.filter(pk=row.pk).update(terms=terms)


def _note(row: Clause, way: Way, before: Mapping[str, Any], *, by: Actor, note: str) -> None:
    ClauseRound.objects.create(
        case_id=row.case_id, clause=row, number=row.round, way=way, before=before,
        after={} if way == Way.DROPPED else said(row), note=note[:500], institution_id=by.institution_id,
        by_name=by.name, at=clock.now(),
    )  # fmt: skip
