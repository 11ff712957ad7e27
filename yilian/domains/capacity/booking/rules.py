"""What must hold of a place that a case is to have."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.booking import facts
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.regulations import S4

DECISION = Decision(
    "docs/adr/0093-a-place-is-booked-inside-the-step-that-needs-it.md", reason=_("床位与号源在办理时预留")
)


@rule(_("号源下沉时段内，预留的位置只安排给下级机构转来的患者"), cite=(S4.article("7.2.3"), DECISION))
def place_is_not_kept_for_others(case, answers) -> Verdict:
    kept = facts.kept_until(case, answers.get("place"))
    return Verdict(not kept, kept)


@rule(_("床位或号源应仍可预约"), cite=DECISION)
def place_is_still_to_come(case, answers) -> Verdict:
    over = facts.is_over(answers.get("place"))
    return Verdict(not over, over)


@rule(_("延后安排的日期应在今天之后"), cite=DECISION)
def deferral_lies_ahead(case, answers) -> bool:
    day = answers.get("deferred_until")
    return day is None or day > facts.today()


@rule(_("已预留位置的，不再填写延后安排"), cite=DECISION)
def place_or_deferral(case, answers) -> bool:
    return not (answers.get("place") and answers.get("deferred_until"))
