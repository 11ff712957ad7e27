"""The document as an official paper: the header of S4, the text, and a code that tells whether it is in force."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.policy.case_type import OWNER
from yilian.domains.policy.effects import usual_years
from yilian.domains.policy.models import Policy
from yilian.domains.policy.models import PolicyState as S
from yilian.kernel.documents.manuscript import Manuscript, lines_of
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.models import Case
from yilian.registry.regulations import S4

TEMPLATE = Path(__file__).parent / "typst" / "document.typ"


def printed(case: Case) -> dict[str, Any]:
    """Return the header and the paragraphs of an edition."""
    policy = Policy.objects.get(pk=case.pk)
    days = {"issued_on": policy.issued_on, "revised_on": policy.revised_on}
    return {
        "title": policy.subject,
        "number": policy.document_number,
        "department": policy.department,
        "scope": policy.scope,
        "reviewer": policy.reviewer,
        "approver": policy.approver,
        "audience": policy.get_audience_display(),
        "years": policy.review_years or usual_years(policy.owner_id),
        "revisions": policy.revisions,
        "edition": policy.edition,
        "body": [line for line in policy.text.splitlines() if line.strip()],
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def manuscript(values: Mapping[str, Any]) -> Manuscript:
    """Return an edition for an editable copy: the header of S4 as a table, then the text."""
    facts = (
        (now("文件编号"), values["number"]), (now("主管部门"), values["department"]),
        (now("适用范围"), values["scope"]), (now("审核者"), values["reviewer"]),
        (now("批准者"), values["approver"]), (now("查阅范围"), values["audience"]),
        (now("修订年限"), now("{n} 年一次").format(n=values["years"])),
        (now("发行日期"), values["issued_on"] or ""), (now("最近修订日期"), values["revised_on"] or ""),
        (now("已修订次数"), now("{n} 次").format(n=values["revisions"])),
        (now("版次"), now("第 {n} 版").format(n=values["edition"])),
    )  # fmt: skip
    return Manuscript(title=values["title"], lines=lines_of(values["body"]), facts=facts, has_head=False)


papers.add(
    Paper("policy.document", "policy", _("制度文件"), TEMPLATE, printed, "制印〔{year}〕{serial:04d}号", (OWNER,),
          states=(S.IN_FORCE, S.DUE), lapses_in=(S.SUPERSEDED, S.WITHDRAWN), stamp=_("本版已失效"),
          manuscript=manuscript, cites=(S4.article("文头"),))
)  # fmt: skip
