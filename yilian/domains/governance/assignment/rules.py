"""What must hold when a task is reported and judged."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.grounds import IN_ORDER
from yilian.domains.governance.models import Assignment
from yilian.kernel.rules.rule import rule


@rule(_("认定前应有承办单位报告的完成情况"), cite=IN_ORDER)
def evidence_is_told(task: Assignment) -> bool:
    return bool(task.evidence.strip())
