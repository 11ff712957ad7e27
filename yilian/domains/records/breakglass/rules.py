"""What must hold when the glass is broken and when it is reviewed."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.records.grounds import DECISION
from yilian.kernel.rules.rule import rule

SHORTEST = 10


@rule(_("紧急调阅应写明患者情况和调阅的必要（不少于 10 个字）"), cite=DECISION)
def circumstances_are_told(case) -> bool:
    return len(case.circumstances.strip()) >= SHORTEST


@rule(_("复核由他人办理，不能由调阅人本人复核"), cite=DECISION)
def reviewer_is_another(case, actor) -> bool:
    return case.opened_by is None or actor.user_id != case.opened_by


@rule(_("认定不当应写明复核意见"), cite=DECISION)
def finding_is_written(case, asked) -> bool:
    return not asked or bool(case.finding.strip())
