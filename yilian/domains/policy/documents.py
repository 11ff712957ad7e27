"""The document as an official paper: the header of S4, the text, and a code that tells whether it is in force."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.policy.case_type import OWNER
from yilian.domains.policy.effects import usual_years
from yilian.domains.policy.models import Policy
from yilian.domains.policy.models import PolicyState as S
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.models import Case

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


papers.add(
    Paper("policy.document", "policy", _("制度文件"), TEMPLATE, printed, "制印〔{year}〕{serial:04d}号", (OWNER,),
          states=(S.IN_FORCE, S.DUE), lapses_in=(S.SUPERSEDED, S.WITHDRAWN), stamp=_("本版已失效"))
)  # fmt: skip
