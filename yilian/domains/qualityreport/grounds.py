"""What rules of this domain lean on where no article speaks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

_PATH = "docs/adr/0175-a-quality-report-is-written-by-the-numbers-and-commented-by-people.md"

FOUR_EYES = Decision(_PATH, _("填写意见的人不批准自己的意见"))
ANSWERED = Decision(_PATH, _("有异常的报告，签收时写明整改措施"))
WHOLE_QUARTERS = Decision(_PATH, _("报告写已结束的季度，数据才完整"))
