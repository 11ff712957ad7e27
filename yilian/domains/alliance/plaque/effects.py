"""What a plaque request leaves behind: a public row while the plaque is up."""

from yilian.domains.alliance.models import Plaque, PlaqueRequest
from yilian.domains.alliance.overseers import lead_of_consortium
from yilian.domains.alliance.plaques import lapse_of
from yilian.kernel import clock
from yilian.kernel.workflow.moment import Moment
from yilian.registry.models.consortium import GRID_KINDS


def lead_and_name(request: PlaqueRequest) -> dict[str, object]:
    """Return the lead, and the usual name of the plaque when none was asked for (S4 annex)."""
    found = lead_of_consortium(request)
    if request.plaque_name or request.consortium is None:
        return found
    consortium = request.consortium
    tail = "医院成员单位" if consortium.kind in GRID_KINDS else "成员单位"
    return found | {"plaque_name": f"{consortium.name}{tail}"}


def put_up(moment: Moment) -> None:
    """Write the plaque that the lead consents to."""
    request: PlaqueRequest = moment.case
    Plaque.objects.create(
        consortium=request.consortium,
        institution=request.applicant,
        name=request.approved_name,
        consented_on=request.consented_on,
        case_id=request.pk,
    )


def take_down(moment: Moment) -> None:
    """Note the day from which the plaque no longer hangs."""
    day = moment.answers.get("ended_on") or clock.today()
    Plaque.objects.filter(case_id=moment.case.pk).update(surrendered_on=max(day, moment.case.consented_on))
    moment.set(ended_on=day)


def note_lapse(moment: Moment) -> None:
    """Note the day on which the authorisation ended by itself."""
    plaque = Plaque.objects.select_related("institution", "consortium").get(case_id=moment.case.pk)
    lapse = lapse_of(plaque)
    day = lapse.on if lapse else clock.today()
    Plaque.objects.filter(pk=plaque.pk).update(surrendered_on=max(day, plaque.consented_on))
    moment.set(ended_on=day)
