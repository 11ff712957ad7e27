"""The one way to open a case and the one way to change its state."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import part
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.rules.rule import evaluate
from yilian.kernel.workflow import gate, parties, refusals, storing
from yilian.kernel.workflow.answers import Answers, BadAnswersError, clean
from yilian.kernel.workflow.case_type import CaseType, case_types
from yilian.kernel.workflow.chain import seal
from yilian.kernel.workflow.due import counts_anew, due_at
from yilian.kernel.workflow.flow import Step
from yilian.kernel.workflow.idempotency import fingerprint, remember, replay
from yilian.kernel.workflow.models import Case, Happening, Participation
from yilian.kernel.workflow.moment import Moment

T = TypeVar("T", bound=Case)
OPEN = "open"
ILLEGAL_EDGE = "YL001"
SERIALS = 1_000_000

after_step: list[Callable[[Moment, list[Participation]], None]] = []
"""Functions called after every step, in its transaction: the floors above tell people this way."""


def open_case(
    kind: str,
    *,
    by: Actor,
    answers: Mapping[str, Any] | None = None,
    key: str | None = None,
    then: Callable[[Case], None] | None = None,
    along: bool = False,
) -> Case:
    """Open a case as a draft of the acting institution and return it.

    Required questions may stay open until a step that completes the form. `key` makes the call idempotent; `then` runs
    in the same transaction (a first step, a link). A step that opens a case `along` with its own says so. Raises
    NotYours, OpeningRefused or KeyReused.
    """
    case_type = case_types[kind]
    party = case_type.opener(by.roles) if along else case_type.may_open(by.roles)
    if party is None:
        raise refusals.NotYours([gate.wrong_opener(case_type)])
    digest = _digest(OPEN, kind, answers) if key else b""
    with _database_refusals(case_type), part():
        if key and (before := replay(by, key, digest)):
            return before
        case = _drafted(case_type, _opening_answers(case_type, answers or {}, by), by, party.side)
        if then:
            case.is_held = True
            then(case)
            case.is_held = False
        if key:
            remember(by, key, digest, case)
        return case


def take(
    case: T, verb: str, *, by: Actor, version: int | None = None, note: str = "", key: str | None = None, **answers: Any
) -> T:
    """Take one step of a case and return it in its new state.

    `version` is the version the actor saw; None means "whatever it is now", as it does for a step taken
    `on_any_version`. All reasons against the step are collected.
    Raises UnknownStep, NotYours, StepRefused, StaleVersion or KeyReused; then nothing has changed.
    """
    case_type = case.case_type
    step = case_type.flow.step(verb)
    if step is None:
        raise refusals.UnknownStep(verb)
    digest = _digest(verb, str(case.pk), answers, note) if key else b""
    with _database_refusals(case_type), part(undone_alone=not case.is_held):
        if key and (before := replay(by, key, digest)):
            return cast(T, before)
        locked = case if case.is_held else lock(case_type, case.pk)
        if version is not None and version != locked.version and not step.on_any_version:
            is_over = locked.state not in step.sources
            raise refusals.stale(locked.version, version, gate.last_change(locked), is_over=is_over)
        moment = _admitted(locked, step, by, answers, note)
        _carry_out(moment)
        if key:
            remember(by, key, digest, locked)
    return cast(T, locked)


def lock(case_type: CaseType, pk: UUID) -> Case:
    """Lock a case, parent and child, so that steps queue, and read its sides; raise DoesNotExist for strangers."""
    locked = rows.lock(case_type.model, pk)
    if locked is None:
        raise case_type.model.DoesNotExist
    storing.read_sides(locked)
    return locked


def _opening_answers(case_type: CaseType, raw: Mapping[str, Any], by: Actor) -> Answers:
    try:
        return clean(case_type.form, raw, by, partial=True)
    except BadAnswersError as bad:
        raise refusals.OpeningRefused(refusals.from_errors(bad.errors)) from bad


def _drafted(case_type: CaseType, given: Answers, by: Actor, side: str) -> Case:
    """Store a new case as its first state, with the opening institution on its side and the first line of history."""
    case = _composed(case_type, given, by)
    if broken := evaluate(case_type.opening, case, actor=by, answers=given):
        raise refusals.OpeningRefused(refusals.from_broken(broken))
    line = _line(case, OPEN, "", by, "", given)
    case.digest = line.digest
    rows.insert(case)
    storing.write_beginning(case, [(by.institution_id, case_type.side(side).code)], line)
    for form_part in case_type.form_parts:
        form_part.keep(case, given, by)
    return case


def _composed(case_type: CaseType, given: Answers, by: Actor) -> Case:
    at = clock.now()
    case = rows.compose(
        case_type.model,
        id=uuid7(at),
        kind=case_type.key,
        number=f"{case_type.prefix}{clock.today():%Y%m%d}{storing.next_serial() % SERIALS:06d}",
        state=case_type.flow.start,
        since=at,
        parties=[by.institution_id],
    )
    parties.write_answers(case, given)
    parties.write_owner(case, case_type, by)
    parties.derive(case, case_type)
    case.title = _title(case_type, case)
    case.due = due_at(case_type, case, by.institution_id)
    return case


def _admitted(case: Case, step: Step, by: Actor, raw: Mapping[str, Any], note: str) -> Moment:
    """Check everything that may stand against the step; raise with every reason, or return the moment."""
    case_type = case.case_type
    if reason := gate.wrong_party(case_type, step, by, case.taking_part()):
        raise refusals.NotYours([reason])
    if case.state not in step.sources:
        raise refusals.StepRefused([gate.wrong_state(case_type, step, case)])
    moment = Moment(case, case_type, step, by, clock.now(), Answers(), note, case.state)
    reasons: list[refusals.Reason] = []
    try:
        moment.answers = clean(step.asks, raw, by, partial=step.partial or step.verb == gate.EDIT)
    except BadAnswersError as bad:
        reasons += refusals.from_errors(bad.errors)
    moment.set(**dict(step.sets))
    parties.write_answers(case, moment.answers, moment.changed)
    parties.derive(case, case_type, moment.changed)
    reasons += gate.guards(case_type, step, case, by, moment.answers, note)
    if reasons:
        raise refusals.StepRefused(reasons)
    return moment


def _carry_out(moment: Moment) -> None:
    case, step, case_type = moment.case, moment.step, moment.case_type
    target = step.target_from(case.state)
    if case.state != target:
        case.state, case.since = target, moment.at
        case.open = not case_type.is_final(target)
        moment.changed.add("since")
    if counts_anew(case_type, case, moment.changed):
        case.due = due_at(case_type, case, case.institution_of(step.by[0].side) if not step.is_clock else None)
    for note in step.notes:
        note(moment)
    case.version += 1
    case.title = _title(case_type, case)
    moment.happening = _line(case, step.verb, moment.state_from, moment.actor, moment.note, moment.answers)
    case.digest = moment.happening.digest
    storing.write_step(case, moment.changed, moment.happening)
    if step.convenes:
        parties.convene(case)
    moment.saved, moment.changed = frozenset(moment.changed), set()
    for effect in step.then:
        effect(moment)
    storing.write_effects(case, moment.changed)
    for tell in after_step:
        tell(moment, case.taking_part())


def _line(case: Case, verb: str, state_from: str, by: Actor, note: str, given: Answers) -> Happening:
    happening = Happening(
        case=case,
        seq=case.version,
        at=clock.now(),
        actor_id=by.user_id,
        actor_name=by.name,
        institution_id=by.institution_id,
        institution_name=by.institution_name,
        address=by.ip,
        on_behalf_of_id=by.on_behalf_of_id,
        verb=verb,
        state_from=state_from,
        state_to=case.state,
        note=note,
        answers=given.recorded(),
    )
    happening.digest = seal(bytes(case.digest), happening)
    return happening


def _title(case_type: CaseType, case: Case) -> str:
    with translation.override(settings.LANGUAGE_CODE):  # what is kept does not hang on who wrote it
        text = case_type.heading(case) if case_type.heading else str(case_type.title)
    return text[:200]


def _digest(*parts: Any) -> bytes:
    return fingerprint(json.dumps(parts, sort_keys=True, default=str).encode())


@contextmanager
def _database_refusals(case_type: CaseType) -> Iterator[None]:
    """Turn refusals by writers, constraints and triggers into sentences of the case type; other faults pass."""
    try:
        yield
    except ValidationError as invalid:
        raise refusals.StepRefused(refusals.from_validation(invalid)) from invalid
    except DatabaseError as error:
        cause = error.__cause__
        name = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
        if isinstance(error, IntegrityError) and name in case_type.refusals:
            reason = refusals.Reason("constraint", str(case_type.refusals[name]))
            raise refusals.StepRefused([reason]) from error
        if getattr(cause, "sqlstate", "") == ILLEGAL_EDGE:
            text = _("此事项的状态不允许这样办理。请刷新后再试。")
            raise refusals.StepRefused([refusals.Reason("state", text)]) from error
        raise
