"""What rules of this domain lean on where no article speaks, and the articles they share."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision
from yilian.registry.regulations import S1, S3

YEARLY, OWN, CONSEQUENCES = S3.article("17"), S3.article("18"), S3.article("19")
QUALITY = S1.article("4")
LOCKED = Decision(
    "docs/adr/0170-an-assessment-reckons-with-data-that-were-locked.md", _("考核按锁定的数据计分，解锁须有理由")
)
UNKNOWN = Decision("docs/adr/0171-what-nobody-knows-is-left-out-of-the-score.md", _("无数据的评分项不按零分处理"))
HEARD = Decision(
    "docs/adr/0172-who-is-assessed-is-heard-before-the-score-is-final.md", _("得分确定前应听取被考核单位意见")
)
