"""Who takes part in a merit or penalty, and what its steps keep."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from yilian.domains.merit.catalogue import NATURES
from yilian.domains.merit.deciding import competent
from yilian.domains.merit.models import Measure, Merit, MeritState, Nature
from yilian.domains.merit.parameters import MARK_MONTHS, PAYMENT_DAYS, POINTS
from yilian.kernel import clock
from yilian.kernel.clock.periods import add_months
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.due import due_at
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.registry import resolutions
from yilian.registry.consortia import authority_for, lead_of, members_of

PUBLISHED = (MeritState.IN_FORCE, MeritState.OWING)


def follows(case: Case) -> dict[str, object]:
    """Return what follows from the form: the nature of the measure, and who examines it."""
    merit: Merit = case  # type: ignore[assignment]
    if merit.state != MeritState.DRAFT:
        return {}
    nature = NATURES[Measure(merit.measure)] if merit.measure else ""
    lead = lead_of(merit.consortium_id, clock.today())
    if lead and nature == Nature.PENALTY and merit.target_id == lead.pk:
        lead = authority_for(lead.region_id)
    return {"nature": nature, "office_id": lead.pk if lead else None}


def heading(merit: Merit) -> str:
    """Return what a merit or penalty is called: its measure and whom it concerns."""
    return f"{merit.get_measure_display() or _('奖惩')}：{merit.target or ''}{merit.person_name}"


def audience(merit: Merit, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return who is heard when a penalty is examined, and once it is published every member."""
    if merit.state == MeritState.HEARING and merit.target_id:
        return {"subject": [merit.target_id]}
    if merit.state not in PUBLISHED or merit.consortium_id is None:
        return {}
    playing = {row.institution_id for row in merit.taking_part()}
    members = (row.institution_id for row in members_of(merit.consortium_id, clock.today()))
    return {"member": [one for one in members if one not in playing]}


def put_to_body(moment: Moment) -> None:
    """Draft the motion that decides."""
    resolutions.put(moment.case, by=moment.actor)


def note_decision(moment: Moment) -> None:
    """Keep on what ground, when and by what kind of body it was decided, and the points it is worth now."""
    merit: Merit = moment.case
    sitting = competent(merit) if moment.actor.is_system else None
    points = value_of(POINTS[Measure(merit.measure)], consortium_id=merit.consortium_id)
    moment.set(
        decided_on=clock.today(), basis=moment.answers.get("decided_by"), decided_kind=sitting.kind if sitting else "",
        points=None if merit.person_id else Decimal(points),
    )  # fmt: skip


def note_appeal_decision(moment: Moment) -> None:
    moment.set(appeal_decided_on=clock.today(), appeal_basis=moment.answers.get("decided_by"))


def note_end(moment: Moment) -> None:
    moment.set(ended_on=clock.today())


def publish(moment: Moment) -> None:
    """Note the day of publication and those that run from it: payment and lapse."""
    merit: Merit = moment.case
    today, scope = clock.today(), {"consortium_id": merit.consortium_id}
    pay_by = today + timedelta(days=int(value_of(PAYMENT_DAYS, **scope))) if merit.amount else None
    moment.set(
        published_on=today, expires_on=add_months(today, int(value_of(MARK_MONTHS, **scope))), pay_by=pay_by
    )  # fmt: skip
    merit.due = due_at(moment.case_type, merit, merit.office_id)
