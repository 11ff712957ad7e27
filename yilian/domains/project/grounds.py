"""What rules of this domain lean on where no article speaks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

_PATH = "docs/adr/0178-a-project-is-judged-by-others-than-its-applicant.md"

OTHERS = Decision(_PATH, _("申请、初筛、评价由不同的人办理"))
PLANNED = Decision(_PATH, _("计划经确认后才执行，改变须经批准"))
EVIDENCED = Decision(_PATH, _("阶段任务和支出以有据为准"))
RESOLVED = Decision(
    "docs/adr/0177-a-resolution-decides-the-case-that-waits-for-it.md", _("有权审议的机构在位时由其决议，决议即办理")
)
