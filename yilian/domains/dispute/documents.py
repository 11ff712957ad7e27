"""The official papers of a dispute: the settlement both agreed to, and the decision."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.dispute.case_type import CITE, JUDGE
from yilian.domains.dispute.models import Dispute
from yilian.domains.dispute.models import DisputeState as S
from yilian.kernel.documents.manuscript import letter
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.documents.wording import Field
from yilian.kernel.workflow.models import Case

HERE = Path(__file__).parent
COMMON = (
    Field("申请方", gettext_lazy("申请方的名称"), "石桥乡卫生院"),
    Field("被申请方", gettext_lazy("被申请方的名称"), "北岭县人民医院"),
    Field("争议事项", gettext_lazy("争议事项"), "转诊患者的检查费用"),
    Field("对协议和条款的影响", gettext_lazy("对协议和条款的影响，每行一段；没有则略去"), "第三条改按实际天数结算。",
          is_list=True),
)  # fmt: skip
SETTLED = (*COMMON, Field("协议内容", gettext_lazy("双方同意的调解方案，每行一段"), "费用各半承担。", is_list=True))
DECIDED = (
    *COMMON,
    Field("决定机构", gettext_lazy("作出决定的机构与会议"), "纠纷解决机构决议 YA20261101-0001"),
    Field("决定", gettext_lazy("决定的内容，每行一段"), "费用由申请方承担。", is_list=True),
)


def printed(case: Case) -> dict[str, Any]:
    """Return the values of the fields that the wordings name."""
    one = Dispute.objects.select_related("claimant", "respondent").get(pk=case.pk)
    effect = one.effect.splitlines()
    return {
        "申请方": str(one.claimant),
        "被申请方": str(one.respondent),
        "争议事项": one.subject,
        "协议内容": one.proposal.splitlines(),
        "决定机构": one.decided_by,
        "决定": one.decision.splitlines(),
        "对协议和条款的影响": [_("对协议和条款的影响："), *effect] if effect else [],
    }


for _name, _title, _serial, _state, _fields in (
    ("settlement", gettext_lazy("调解书"), "联调", S.SETTLED, SETTLED),
    ("decision", gettext_lazy("决定书"), "联决", S.DECIDED, DECIDED),
):
    papers.add(
        Paper(f"dispute.{_name}", "dispute", _title, HERE / "typst" / "letter.typ", printed,
              _serial + "〔{year}〕{serial:04d}号", JUDGE, states=(_state,), manuscript=letter,
              wording=HERE / "wordings" / f"{_name}.txt", fields=_fields, cites=(CITE,))
    )  # fmt: skip
