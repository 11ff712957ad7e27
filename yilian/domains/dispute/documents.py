"""The official papers of a dispute: the settlement both agreed to, and the decision."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.dispute.case_type import JUDGE
from yilian.domains.dispute.models import Dispute
from yilian.domains.dispute.models import DisputeState as S
from yilian.kernel.documents.manuscript import letter
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.models import Case

LETTER = Path(__file__).parent / "typst" / "letter.typ"


def of_settlement(case: Case) -> dict[str, Any]:
    """Return the settlement."""
    dispute = _read(case)
    return _letter(dispute, _("调解书"), _("经调解，双方自愿达成如下协议："), dispute.proposal)


def of_decision(case: Case) -> dict[str, Any]:
    """Return the decision."""
    dispute = _read(case)
    opening = _("经调解未能达成一致，{body}作出如下决定：").format(body=dispute.decided_by)
    return _letter(dispute, _("决定书"), opening, dispute.decision)


def _read(case: Case) -> Dispute:
    return Dispute.objects.select_related("claimant", "respondent").get(pk=case.pk)


def _letter(dispute: Dispute, title: str, opening: str, text: str) -> dict[str, Any]:
    body = [
        _("申请方：{name}").format(name=dispute.claimant),
        _("被申请方：{name}").format(name=dispute.respondent),
        _("争议事项：{subject}").format(subject=dispute.subject),
        opening,
        *text.splitlines(),
    ]
    if dispute.effect:
        body += [_("对协议和条款的影响："), *dispute.effect.splitlines()]
    to = _("{one}、{other}").format(one=dispute.claimant, other=dispute.respondent)
    return {"title": title, "to": to, "body": [line for line in body if line.strip()]}


for _paper in (
    Paper("dispute.settlement", "dispute", gettext_lazy("调解书"), LETTER, of_settlement,
          "联调〔{year}〕{serial:04d}号", JUDGE, states=(S.SETTLED,),
          manuscript=letter),
    Paper("dispute.decision", "dispute", gettext_lazy("决定书"), LETTER, of_decision, "联决〔{year}〕{serial:04d}号",
          JUDGE, states=(S.DECIDED,),
          manuscript=letter),
):  # fmt: skip
    papers.add(_paper)
