"""What rules of this domain lean on where no article speaks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

_PATH = "docs/adr/0179-nobody-is-punished-unheard-or-named-before-it-is-final.md"

HEARD = Decision(_PATH, _("处分前听取当事单位陈述，申诉由原决定人以外的人决定"))
FINAL = Decision(_PATH, _("决定生效后才公布，公布前只有各方可见"))
KEPT = Decision(_PATH, _("奖惩依目录提出，金额与分值按参数核定"))
RESOLVED = Decision(
    "docs/adr/0177-a-resolution-decides-the-case-that-waits-for-it.md", _("有权审议的机构在位时由其决议，决议即办理")
)
