"""What stands against a step: wrong state, wrong party, open questions, broken rules."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import mask_of, titles_of
from yilian.kernel.rules.reasons import reason
from yilian.kernel.rules.rule import evaluate
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.flow import CLOCK, EDIT, Party, Step
from yilian.kernel.workflow.models import Case, Participation
from yilian.kernel.workflow.refusals import Reason, from_broken


@dataclass(frozen=True)
class StepState:
    """A step of the present state and every reason against it; none means it may be taken now."""

    step: Step
    reasons: tuple[Reason, ...]
    is_mine: bool

    @property
    def is_open(self) -> bool:
        return not self.reasons


def open_steps(case: Case, actor: Actor, *, only_mine: bool = False) -> list[StepState]:
    """Return the steps that lead on from the present state, each with what stands against it for this actor."""
    case_type, found = case.case_type, []
    rows = case.taking_part()
    for step in case_type.flow.steps_from(case.state):
        if step.is_clock and len(step.by) == 1:
            continue
        strange = wrong_party(case_type, step, actor, rows)
        if strange is None:
            reasons = guards(case_type, step, case, actor, Answers(), "", asked=False)
            found.append(StepState(step, tuple(reasons), True))
        elif not only_mine:
            found.append(StepState(step, (strange,), False))
    return found


def guards(
    case_type: CaseType, step: Step, case: Case, actor: Actor, answers: Answers, note: str, *, asked: bool = True
) -> list[Reason]:
    """Return the reasons that the form and the rules give; `asked` says that the step's answers are there."""
    reasons = missing_answers(case_type, case) if step.completes else []
    reasons += missing_comments(step, answers, note)
    broken = evaluate(step.needs, case, actor=actor, answers=answers, note=note, asked=asked, at=clock.now(), step=step)
    return reasons + from_broken(broken)


def missing_answers(case_type: CaseType, case: Case) -> list[Reason]:
    """Return a reason for each required question of the form that the case does not answer yet."""
    reasons = []
    for ask in case_type.form:
        if not ask.required or ask.kind == "bool" or not ask.is_asked(partial(kept_answer, case)):
            continue
        if kept_answer(case, ask.name) in (None, "", [], ()):
            text = _("请填写「{title}」").format(title=ask.title)
            reasons.append(Reason("answer", text, field=ask.name))
    return reasons


def kept_answer(case: Case, name: str) -> Any:
    """Return what a column of the case answers, a key instead of the row it points to; None without such a column."""
    return getattr(case, f"{name}_id", None) if hasattr(case, f"{name}_id") else getattr(case, name, None)


def missing_comments(step: Step, answers: Answers, note: str) -> list[Reason]:
    """Return a reason for each coded reason given that must be explained, when the step came without a note."""
    found = []
    for ask in step.asks:
        code = answers.get(ask.name) if ask.kind == "reason" and not note.strip() and step.verb != EDIT else None
        row = reason(ask.source, code) if code else None
        if row is not None and row.comment_required:
            found.append(Reason("answer", _("选择「{reason}」须写明具体情况").format(reason=row.label), field="note"))
    return found


def wrong_party(case_type: CaseType, step: Step, actor: Actor, rows: list[Participation]) -> Reason | None:
    """Return why this actor cannot take the step at all, or None."""
    if actor.is_system:
        return None if step.is_clock else Reason("party", _("系统时钟不能「{step}」").format(step=step.title))
    mine = {row.side for row in rows if row.institution_id == actor.institution_id}
    for party in step.by:
        if party != CLOCK and case_type.side(party.side).code in mine and mask_of(party.roles) & actor.roles:
            return None
    who = _("或").join(_who(case_type, party) for party in step.by if party != CLOCK)
    return Reason("party", _("「{step}」由{who}办理").format(step=step.title, who=who))


def _who(case_type: CaseType, party: Party) -> str:
    side = str(case_type.side(party.side).title)
    if not party.roles:
        return side
    return _("{side}（{roles}）").format(side=side, roles=_("、").join(titles_of(mask_of(party.roles))))


def wrong_state(case_type: CaseType, step: Step, case: Case) -> Reason:
    """Return the refusal of a step that the present state does not lead to, with who moved it there."""
    text = _("此事项现为「{state}」，不能「{step}」（{last}）").format(
        state=case_type.state_title(case.state), step=step.title, last=last_change(case)
    )
    return Reason("state", text)


def wrong_opener(case_type: CaseType) -> Reason:
    """Return the refusal to open a case of this type, with who may."""
    if case_type.comes_along:
        return Reason("party", _("「{title}」随相关事项自动生成，不能单独发起").format(title=case_type.title))
    who = _("或").join(_who(case_type, party) for party in case_type.opens)
    return Reason("party", _("「{title}」由{who}发起").format(title=case_type.title, who=who))


def last_change(case: Case) -> str:
    """Say who changed the case last, how and when."""
    last = case.history.order_by("-seq").first()
    if last is None:
        return ""
    at = clock.local(last.at).strftime("%m-%d %H:%M")
    title = case.case_type.step_title(last.verb)
    return _("{who} {at} 已「{step}」").format(who=f"{last.institution_name} {last.actor_name}", at=at, step=title)
