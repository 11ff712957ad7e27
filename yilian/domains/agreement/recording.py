"""What a party reports as done under a clause that nobody else keeps rows of."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement import effects
from yilian.domains.agreement.drafting.clauses import at_place
from yilian.domains.agreement.grounds import PROVED
from yilian.domains.agreement.models import Agreement
from yilian.kernel import clock
from yilian.kernel.rules.rule import rule
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.flow import STAY, Ask, Party, Step

REPORTED = ("quota",)
"""Kinds of clauses that are proved by what parties report."""
ASKS = (
    Ask("place", _("第几条"), "int", minimum=1, maximum=200, help=_("填条款的次序；限“名额与派员”类的条款")),
    Ask("done_on", _("日期"), "date"),
    Ask("amount", _("数量"), "int", minimum=1, maximum=10_000, initial=1),
    Ask("what", _("内容"), max_length=200, help=_("如接收何科室的进修人员；不写患者信息")),
)


@rule(_("只登记名额与派员类条款的履行情况"), cite=PROVED)
def clause_is_reported(agreement: Agreement, answers: Answers, asked: bool = True) -> bool:
    if asked and answers.get("place"):
        clause = at_place(agreement, answers.get("place"))
        return clause is not None and clause.kind in REPORTED
    return agreement.clauses.filter(is_dropped=False, kind__in=REPORTED).exists()


@rule(_("登记的日期应在协议生效之后，且不晚于今天"), cite=PROVED)
def day_is_within(agreement: Agreement, answers: Answers, asked: bool = True) -> bool:
    day: date | None = answers.get("done_on")
    if not asked or day is None or agreement.begins_on is None:
        return True
    return agreement.begins_on <= day <= clock.today()


def record_step(where: Iterable[str], parties: tuple[Party, ...]) -> Step:
    """Return the step by which parties report."""
    return Step(
        "record", _("登记履约"), where, STAY, parties, asks=ASKS, needs=(clause_is_reported, day_is_within),
        then=(effects.record,), duty=False, tell=("drafter", "partner", "done"), cite=None,
        help=_("登记后计入履约核对，不能更改。"),
    )  # fmt: skip
