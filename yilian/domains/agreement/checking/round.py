"""The check: every clause in force, each period that is not settled, all clauses of a kind in one go."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.agreement.checking import standing_rows
from yilian.domains.agreement.checking.periods import periods
from yilian.domains.agreement.checking.reported import clause_of
from yilian.domains.agreement.models import Verdict
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.registry import agenda
from yilian.registry.clauses import MOST_ROWS, ClauseKind, Duty, Proof, clause_kinds
from yilian.registry.consortia import lead_of

BATCH = 2_000
"""Duties asked about in one statement."""


@dataclass(frozen=True)
class Round:
    """What a check has done: how many periods it looked at, and how many clauses it put on an agenda."""

    looked_at: int
    filed: int


def check() -> Round:
    """Check every clause of every agreement, once for each period that is not settled; file what was broken twice."""
    moment, on = clock.now(), clock.today()
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        looked_at = 0
        for kind, duties in _unsettled(on).items():
            for first in range(0, len(duties), BATCH):
                looked_at += _look_at(clause_kinds[kind], duties[first : first + BATCH], on, moment)
        return Round(looked_at, _file(on))


def _look_at(kind: ClauseKind, duties: list[Duty], on: date, moment: datetime) -> int:
    """Ask a kind about some duties and write down what it finds; return how many."""
    proofs = kind.check(duties, on)
    return standing_rows.keep([_finding(kind, duty, proofs[duty.key], on) for duty in duties], moment)


def _unsettled(on: date) -> dict[str, list[Duty]]:
    """Return the duties to look at, by the key of their kind."""
    done, found = standing_rows.settled(), {}
    for line in standing_rows.running(clock.now()):
        kind = clause_kinds.get(line.kind)
        if kind is None or kind.check is None:
            continue
        for duty in _duties(line, kind, on):
            if (line.clause, duty.first) not in done:
                found.setdefault(kind.key, []).append(duty)
    return found


def _duties(line: standing_rows.Running, kind: ClauseKind, on: date) -> Iterator[Duty]:
    for first, last, is_whole in periods(line.first, line.last, kind.months_of(line.terms), on):
        yield Duty(f"{line.clause}:{first}", line.case_id, line.consortium_id, line.institutions, line.terms, first,
                   last, is_whole)  # fmt: skip


def _finding(kind: ClauseKind, duty: Duty, proof: Proof, on: date) -> Mapping[str, Any]:
    is_over = duty.last < on
    verdict, detail = _verdict(kind, duty, proof, is_over), proof.detail
    if is_over and not duty.is_whole and verdict == Verdict.NO_DATA and proof.holds is False:
        detail = _("协议提前结束，本期不足一期；{detail}").format(detail=detail)
    return {
        "case_id": duty.case_id,
        "clause": clause_of(duty),
        "first": duty.first,
        "last": duty.last,
        "verdict": str(verdict),
        "detail": detail[:300],
        "rows": [asdict(row) for row in proof.rows[:MOST_ROWS]],
        "settled": is_over and not proof.is_open,
    }


def _verdict(kind: ClauseKind, duty: Duty, proof: Proof, is_over: bool) -> Verdict:
    """Weigh a proof: an open period is kept early or not due yet; what was cut short is not held against anybody."""
    if not is_over:
        return Verdict.KEPT if kind.met_early and proof.holds else Verdict.NOT_DUE
    if proof.is_open:
        return Verdict.NOT_DUE
    if proof.holds is None or (proof.holds is False and not duty.is_whole):
        return Verdict.NO_DATA
    return Verdict.KEPT if proof.holds else Verdict.BROKEN


def _point(item: standing_rows.Broken) -> agenda.Point:
    title = _("协议 {number} 第 {place} 条「{title}」连续 {times} 期未履行").format(
        number=item.number, place=item.place, title=item.title, times=item.times
    )
    return agenda.Point(item.consortium_id, title, item.detail, item.case_id)


def _file(on: date) -> int:
    """Put what was broken twice running onto the agenda of its consortium's next meeting; return how many."""
    filed, by_group = [], {}
    for item in standing_rows.twice_broken():
        by_group.setdefault(item.consortium_id, []).append(item)
    for consortium, items in by_group.items():
        lead = lead_of(consortium, on)
        if lead is None:
            continue
        actor = system_actor(_("系统时钟"), lead.pk, lead.name)
        with scope(actor):
            for item in items:
                agenda.put_on_agenda(_point(item), by=actor)
        filed += [item.finding for item in items]
    if filed:
        standing_rows.mark_filed(filed, on)
    return len(filed)
