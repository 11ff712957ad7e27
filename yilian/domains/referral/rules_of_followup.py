"""What must hold of follow-up tasks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel import clock
from yilian.kernel.rules.rule import rule
from yilian.registry.regulations import S4

CONTINUITY = S4.article("3.2.5")


@rule(_("随访任务应写明患者"), cite=CONTINUITY)
def patient_is_named(followup) -> bool:
    return followup.patient_id is not None


@rule(_("随访日期不能在将来"), cite=CONTINUITY)
def date_is_past(followup, asked) -> bool:
    return not asked or (followup.done_on is not None and followup.done_on <= clock.today())


@rule(_("改后的随访日期不早于今天"), cite=CONTINUITY)
def day_lies_ahead(followup, asked) -> bool:
    return not asked or (followup.due_on is not None and followup.due_on >= clock.today())
