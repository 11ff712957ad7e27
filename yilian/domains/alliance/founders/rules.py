"""What holds of the members a consortium begins with (S4 6.1 and 6.2)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.admission.checking import Checked
from yilian.domains.alliance.founders.answers import Founded, agreed, answers_of, checked_founders, founders_of
from yilian.domains.alliance.founders.answers import institutions as named
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.answers import Answers
from yilian.registry.regulations import S4


@rule(_("发起成员逐家同意参加后，才能继续审核"), cite=S4.article("6.1"))
def every_founder_has_agreed(case: Founded) -> Verdict:
    willing, answered = agreed(case), answers_of(case)
    unwilling = [one for one in founders_of(case) if one in answered and one not in willing]
    silent = [one for one in founders_of(case) if one not in answered]
    parts = [
        text.format(names=now("、").join(one.name for one in named(keys)))
        for text, keys in ((now("不同意参加：{names}"), unwilling), (now("尚未答复：{names}"), silent))
        if keys
    ]
    return Verdict(not parts, now("；").join(parts))


@rule(_("发起成员同样应具备六项加入条件"), cite=S4.article("6.2"))
def every_founder_meets_the_conditions(case: Founded) -> Verdict:
    lacking = _lacking(case, unmet_only=False)
    if not lacking:
        return Verdict(True)
    is_unmet = any(line.finding.is_met is False for _name, lines in lacking for line in lines)
    return Verdict(False if is_unmet else None, _told(lacking))


@rule(_("发起成员的六项加入条件中不得有确定不满足的"), cite=S4.article("6.2"))
def no_founder_fails_a_condition(case: Founded) -> Verdict:
    lacking = _lacking(case, unmet_only=True)
    return Verdict(not lacking, _told(lacking))


@rule(_("只能确认发起成员的条件"), cite=S4.article("6.2"))
def confirmed_are_founders(case: Founded, answers: Answers, asked: bool = True) -> Verdict:
    strange = set(answers.get("institutions") or ()) - set(founders_of(case)) if asked else set()
    return Verdict(not strange, now("、").join(one.name for one in named(sorted(strange))))


Lacking = list[tuple[str, list[Checked]]]


def _lacking(case: Founded, *, unmet_only: bool) -> Lacking:
    """Return each founding member with the conditions it does not meet; unknown ones too unless `unmet_only`."""
    found = [
        (one.name, [line for line in lines if _lacks(line, unmet_only=unmet_only)])
        for one, lines in checked_founders(case)
    ]
    return [(name, lines) for name, lines in found if lines]


def _lacks(line: Checked, *, unmet_only: bool) -> bool:
    return line.finding.is_met is False or (line.finding.is_met is None and not unmet_only)


def _told(lacking: Lacking) -> str:
    """Say of each member which conditions are open and why."""
    return now("；").join(
        now("{name}（{conditions}）").format(
            name=name, conditions=now("，").join(f"{line.condition.key} {line.finding.detail}" for line in lines)
        )
        for name, lines in lacking
    )
