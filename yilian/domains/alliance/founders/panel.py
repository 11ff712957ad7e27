"""The card that shows of each founding member whether it has agreed and how its conditions stand."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.founders.answers import Founded, answers_of, checked_founders
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel
from yilian.registry.regulations import S4


def _founders(case: Founded, actor: Actor) -> dict[str, Any] | None:
    """Return one line for each founding member; None while none is listed."""
    answers = answers_of(case)
    lines = [
        {
            "institution": one,
            "answer": answers.get(one.pk),
            "open": [line for line in lines if line.finding.is_met is not True],
        }
        for one, lines in checked_founders(case)
    ]
    cites = {"asked": S4.article("6.1"), "checked": S4.article("6.2")}
    return {"lines": lines, "on": clock.today(), "cites": cites} if lines else None


FOUNDERS = Panel("founders", _("发起成员"), "alliance/founders.html", _founders)
