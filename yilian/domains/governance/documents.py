"""The official papers of this domain: the call to a meeting and its minutes."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance import printed
from yilian.domains.governance.meeting.case_type import LEAD
from yilian.domains.governance.models import MeetingState as S
from yilian.kernel.documents.manuscript import letter
from yilian.kernel.documents.paper import Paper, papers

LETTER = Path(__file__).parent / "typst" / "letter.typ"

for _paper in (
    Paper("meeting.notice", "meeting", _("会议通知"), LETTER, printed.of_notice, "联会〔{year}〕{serial:04d}号",
          (LEAD,), states=(S.CALLED,), lapses_in=(S.CANCELLED,), stamp=_("会议已取消"),
          manuscript=letter),
    Paper("meeting.minutes", "meeting", _("会议纪要"), LETTER, printed.of_minutes, "联纪〔{year}〕{serial:04d}号",
          (LEAD,), states=(S.APPROVED,),
          manuscript=letter),
):  # fmt: skip
    papers.add(_paper)
