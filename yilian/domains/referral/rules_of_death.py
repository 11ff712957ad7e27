"""What must hold when a patient has died (docs/adr/0044)."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.grounds import ENDING
from yilian.kernel import clock
from yilian.kernel.rules.rule import rule


@rule(_("死亡日期不能在将来，也不能早于出生日期"), cite=ENDING)
def death_is_past(case, answers, asked) -> bool:
    died_on = answers.get("died_on") if asked else None
    if died_on is None:
        return True
    born = case.patient.birth_on if case.patient else None
    return died_on <= clock.today() and (born is None or died_on >= born)


@rule(_("只有本单登记了患者死亡的才能更正"), cite=ENDING)
def death_was_recorded_here(case) -> bool:
    return case.died_on is not None
