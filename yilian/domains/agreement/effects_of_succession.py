"""An agreement that renews or amends another: a draft with the same parties and clauses."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.drafting.clauses import copy_clauses
from yilian.domains.agreement.models import Agreement, Succession
from yilian.kernel import clock
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment

TITLES = {Succession.RENEWAL: _("（续签）"), Succession.AMENDMENT: _("（变更）")}


def renew(moment: Moment) -> None:
    """Draft the agreement of the next term."""
    before: Agreement = moment.case
    begins = before.ends_on + timedelta(days=1)
    ends = begins + (before.ends_on - before.begins_on)
    _follow(moment, Succession.RENEWAL, begins_on=begins, ends_on=ends)


def amend(moment: Moment) -> None:
    """Draft the changed agreement; it takes the place of this one when it begins."""
    before: Agreement = moment.case
    _follow(moment, Succession.AMENDMENT, begins_on=max(clock.today(), before.begins_on), ends_on=before.ends_on)


def _follow(moment: Moment, succession: Succession, **days: Any) -> None:
    before: Agreement = moment.case
    others = [one for one in before.signatories if one != moment.actor.institution_id]
    answers = {"consortium": before.consortium_id, "partners": others, "subject": _title(before, succession),
               "purpose": before.purpose, **days}  # fmt: skip

    def follow(case: Case) -> None:
        Agreement.objects.filter(pk=case.pk).update(predecessor=before, succession=succession, template=before.template)
        copy_clauses(before, case)  # type: ignore[arg-type]

    link(before, open_case("agreement", by=moment.actor, answers=answers, then=follow), "leads_to")


def _title(before: Agreement, succession: Succession) -> str:
    plain = before.subject
    for ending in TITLES.values():
        plain = plain.removesuffix(str(ending))
    return plain[:110] + str(TITLES[succession])
