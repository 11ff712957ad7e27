"""The card with what came back: the answer, who gave it, and what was asked in between."""

from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.advice.models import Advice, Recommendation, Use
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.facts import Fact, Group


def answer_card(advice: Advice, actor: Actor) -> dict[str, Any] | None:
    """Return what the specialist said and asked; None before there is anything."""
    said = (
        (_("需要补充的情况"), advice.details_wanted, True),
        (_("补充的情况"), advice.details_given, True),
        (_("追问"), advice.further_question, True),
        (_("答复意见"), advice.answer, True),
        (_("处置建议"), _label(Recommendation, advice.recommendation), False),
        (_("答复人"), advice.answered_by, False),
        (_("首次答复时间"), _minute(advice), False),
        (_("采纳情况"), _label(Use, advice.use), False),
    )
    lines = [Fact(str(title), str(text), is_wide) for title, text, is_wide in said if text]
    return {"groups": [Group(_("答复"), lines)]} if lines else None


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""


def _minute(advice: Advice) -> str:
    return f"{clock.local(advice.first_answered_at):%Y-%m-%d %H:%M}" if advice.first_answered_at else ""
