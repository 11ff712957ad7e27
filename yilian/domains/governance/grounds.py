"""What rules of this domain lean on where no article speaks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

_PATH = "docs/adr/0100-members-vote-and-what-passes-acts-by-itself.md"

IN_ORDER = Decision(_PATH, _("前一步未完成，后一步没有意义"))
COUNTED_ONCE = Decision(_PATH, _("一个单位一票，票数以计票时仍是成员的单位为准"))
ACTS_BY_ITSELF = Decision(_PATH, _("决议通过即生效，须能直接执行"))
MET = Decision(_PATH, _("会议以当日签到的单位为准，到会不足不能形成会议"))
SEATED = Decision("docs/adr/0120-a-body-is-a-case-and-its-seats-are-public.md", _("席位有据可查，一人一席，正职唯一"))
