"""The official paper of an agreement: its text with the places to sign."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement import printed
from yilian.domains.agreement.case_type import ALL, CITE
from yilian.domains.agreement.models import AgreementState as S
from yilian.kernel.documents.paper import Paper, papers
from yilian.registry.regulations import S0, S3

TEXT = Path(__file__).parent / "typst" / "agreement.typ"
FINAL = (S.SIGNING, S.SIGNED, S.IN_FORCE, S.EXPIRING, S.EXPIRED)

papers.add(
    Paper("agreement.text", "agreement", _("合作协议书"), TEXT, printed.of_agreement, "联协〔{year}〕{serial:04d}号",
          ALL, states=FINAL, lapses_in=(S.ENDED, S.RENEWED, S.AMENDED, S.WITHDRAWN), stamp=_("协议已终止"),
          manuscript=printed.manuscript,
          cites=(CITE, S0.article("范本二 3.1"), S0.article("模版 10.1"), S3.article("11")))
)  # fmt: skip
