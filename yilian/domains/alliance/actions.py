"""Writes that no person asks for: what dates have done is recorded on the cases."""

from django.utils.translation import gettext as _

from yilian.domains.alliance.models import PlaqueRequest, PlaqueState
from yilian.domains.alliance.plaques import lapsed
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import take


def record_lapses() -> int:
    """Record on its case each plaque whose right has ended by today; return how many. Doing it twice changes nothing.

    Nothing depends on this: whether a plaque holds is always reckoned from the dates.
    """
    recorded = 0
    for plaque, _lapse in lapsed(clock.today()):
        lead = plaque.consortium.lead
        actor = system_actor(_("系统时钟"), lead.pk, lead.name)
        with scope(actor):
            case = PlaqueRequest.objects.filter(pk=plaque.case_id, state=PlaqueState.CONSENTED).first()
            if case is not None:
                take(case, "record_lapse", by=actor)
                recorded += 1
    return recorded
