"""What follows when an edition is published, read, revised or given up, and who may read it."""

from collections.abc import Mapping

from django.db.models import Max
from django.utils.translation import gettext as _

from yilian.domains.policy.models import Audience, Policy, PolicyState, Receipt
from yilian.domains.policy.parameters import REVIEW_YEARS
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.clock.periods import add_years
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.due import due_at
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.moment import Moment
from yilian.registry.consortia import members_of

COPIED = ("subject", "code", "department", "scope", "matter", "audience", "readers", "review_years", "text")
LINKED = "leads_to"


def audience(policy: Policy, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the institutions that read the document once it is published; nobody before."""
    if policy.state != PolicyState.IN_FORCE or policy.audience == Audience.OWN:
        return {}
    places = policy.readers
    if policy.audience == Audience.MEMBERS and policy.consortium_id:
        places = [row.institution_id for row in members_of(policy.consortium_id, clock.today())]
    return {"reader": [one for one in dict.fromkeys(places) if one != policy.owner_id]}


def note_reviewer(moment: Moment) -> None:
    moment.set(reviewer=moment.actor.name)


def number(moment: Moment) -> None:
    """Give a first edition its number, later ones keep it; note the days that the header shows."""
    policy, today = moment.case, clock.today()
    before = Policy.objects.filter(pk=policy.previous).first() if policy.previous else None
    if before is None:
        last = Policy.objects.filter(owner=policy.owner_id, code=policy.code).aggregate(last=Max("serial"))["last"] or 0
        moment.set(serial=last + 1, document_number=f"{policy.code}-P0-{last + 1:03d}", issued_on=today)
    else:
        moment.set(
            serial=before.serial, code=before.code, document_number=before.document_number, issued_on=before.issued_on,
            revised_on=today, edition=before.edition + 1, revisions=before.revisions + 1,
        )  # fmt: skip
    moment.set(approver=moment.actor.name)
    _wind_up(moment)


def confirm(moment: Moment) -> None:
    """Start the years anew: the document was reviewed and stands as it is."""
    moment.set(confirmed_on=clock.today())
    _wind_up(moment)


def _wind_up(moment: Moment) -> None:
    """Set the day of the next review, and the due date that runs from it."""
    policy: Policy = moment.case
    moment.set(review_on=add_years(clock.today(), policy.review_years or usual_years(policy.owner_id)))
    policy.due = due_at(moment.case_type, policy, policy.owner_id)


def usual_years(institution_id: int) -> int:
    """Return after how many years a document is reviewed where it does not say so itself."""
    return int(value_of(REVIEW_YEARS, institution_id=institution_id))


def supersede(moment: Moment) -> None:
    """Let the edition before this one be superseded in the same moment."""
    before = Policy.objects.filter(pk=moment.case.previous).first() if moment.case.previous else None
    if before is not None:
        owner = moment.case.owner
        take(before, "supersede", by=system_actor(_("系统"), owner.pk, owner.name))


def revise(moment: Moment) -> None:
    """Open the next edition as a draft with the text of this one."""
    policy: Policy = moment.case
    answers = {name: getattr(policy, name) for name in COPIED} | {"consortium": policy.consortium_id}
    answers["changes"] = moment.answers.get("changes")
    draft = open_case("policy", by=moment.actor, answers=answers)
    Policy.objects.filter(pk=draft.pk).update(previous=policy.pk)
    link(policy, draft, LINKED)
    moment.set(successor=draft.pk)


def give_up(moment: Moment) -> None:
    """Let the edition that was to be replaced be revised again."""
    if moment.case.previous:
        Policy.objects.filter(pk=moment.case.previous).update(successor=None)


def keep_receipt(moment: Moment) -> None:
    """Keep that this person has read the edition."""
    actor = moment.actor
    Receipt.objects.create(
        case=moment.case, institution_id=actor.institution_id, reader_id=actor.user_id, name=actor.name, at=moment.at
    )
