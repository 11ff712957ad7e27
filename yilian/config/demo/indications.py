"""Indications of the demo: leads have confirmed two of the shipped ones, and referrals name what fits."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from yilian.domains.capacity.indications.matching import match
from yilian.domains.capacity.indications.writing import add_indication
from yilian.domains.capacity.models import Indication
from yilian.domains.capacity.models.indication import ADVICE
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.registry.models import Consortium
from yilian.registry.models.consortium import GRID_KINDS

CONFIRMED = ("stroke", "chest_pain")
AGO = timedelta(days=380)
GROUND = "医联体联席会议纪要（演示）"


def bring_indications(offices: Mapping[int, Actor]) -> None:
    """Let the lead of each group and community confirm some defaults, by the word of its own meeting."""
    with clock.standing_at(clock.now() - AGO):
        for consortium in Consortium.objects.filter(kind__in=[str(kind) for kind in GRID_KINDS], ended_on=None):
            if office := offices.get(consortium.lead_id):
                _confirm(consortium, office)


def _confirm(consortium: Consortium, office: Actor) -> None:
    with scope(office):
        for row in Indication.objects.filter(consortium__isnull=True, shipped_key__in=CONFIRMED).order_by("pk"):
            advice = {name: getattr(row, name) for name in ADVICE} | {"source": GROUND, "is_confirmed": True}
            add_indication(consortium, by=office, shipped_key=row.shipped_key, **advice)


def naming(form: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """Return the answer that names the indication meant for the diagnosis of a referral, if there is one."""
    found = match(by.institution_id, direction=form["direction"], diagnosis=form["diagnosis"])
    fitting = [one.indication.pk for one in found if one.is_for_diagnosis]
    return {"indications": fitting[:1]} if fitting else {}
