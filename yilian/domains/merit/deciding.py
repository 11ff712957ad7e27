"""What merits and penalties ask of a body, and which kinds of bodies may answer first and on appeal."""

from django.utils.translation import gettext as _

from yilian.domains.merit.models import Merit, MeritState, Nature
from yilian.kernel import clock
from yilian.registry.consortia import lead_of
from yilian.registry.regulations import S0
from yilian.registry.resolutions import Matter, Question, Sitting, matters, sitting_for

FIRST = ("leading", "committee", "council")
"""The kinds of bodies that decide first, in the order in which they are asked."""
ON_APPEAL = ("disputes", "council", "committee", "leading")
"""The kinds of bodies that decide appeals; the one that decided first is left out."""


def competent(merit: Merit) -> Sitting | None:
    """Return the body that decides in the present state; None where a head does, or the health authority."""
    lead = lead_of(merit.consortium_id, clock.today())
    if lead is None or lead.pk != merit.office_id:
        return None
    kinds = FIRST
    if merit.state == MeritState.APPEALED:
        kinds = tuple(kind for kind in ON_APPEAL if kind != merit.decided_kind)
    return sitting_for(merit, kinds)


def decision(merit: Merit) -> Question:
    """Ask whether the merit is awarded or the penalty imposed."""
    is_penalty = merit.nature == Nature.PENALTY
    word = _("惩罚：{name}") if is_penalty else _("奖励：{name}")
    return _question(merit, word.format(name=_whom(merit)), _lines(merit), is_confidential=is_penalty)


def appeal(merit: Merit) -> Question:
    """Ask whether the penalty is upheld."""
    lines = [
        *_lines(merit),
        _("原决定：{text}").format(text=merit.basis),
        _("申诉理由：{text}").format(text=merit.appeal),
    ]
    subject = _("维持对{name}的惩罚决定").format(name=_whom(merit))
    return _question(merit, subject, lines, is_confidential=True)


def _whom(merit: Merit) -> str:
    return f"{merit.target}{merit.person_name}"


def _lines(merit: Merit) -> list[str]:
    lines = [
        _("措施：{text}").format(text=merit.get_measure_display()),
        _("事由：{text}").format(text=merit.ground_name),
        _("事实与依据：{text}").format(text=merit.facts),
    ]
    if merit.amount:
        lines.append(_("金额：{amount} 元").format(amount=f"{merit.amount:,}"))
    if merit.nature == Nature.PENALTY:
        lines.append(_("陈述申辩：{text}").format(text=merit.statement or _("未在期限内提出")))
    return lines


def _question(merit: Merit, subject: str, lines: list[str], *, is_confidential: bool) -> Question:
    sitting = competent(merit)
    article = S0.article("范本二 6.2" if merit.nature == Nature.PENALTY else "范本二 6.1")
    return Question(
        bodies=(sitting.kind,) if sitting else (), subject=subject, text="\n".join(lines),
        basis=f"{article}，{merit.number}", recused=frozenset([merit.target_id] if merit.target_id else []),
        is_confidential=is_confidential,
    )  # fmt: skip


for _matter in (
    Matter("merit", MeritState.AWARDING.value, "award", "dismiss", decision),
    Matter("merit", MeritState.DECIDING.value, "impose", "acquit", decision),
    Matter("merit", MeritState.APPEALED.value, "uphold", "overturn", appeal),
):
    matters.add(_matter)
