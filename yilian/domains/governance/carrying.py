"""Which articles the catalogue of bodies carries out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yilian.domains.governance.bodies.catalogue import CATALOGUE
from yilian.kernel.rules.carrying import Carrier
from yilian.kernel.rules.regulation import Ground


def bodies() -> Iterator[tuple[Ground | None, Carrier]]:
    """Yield each kind of body with its duties; where consortia must have it, the chart says which has not."""
    for one in CATALOGUE.values():
        for cite in one.cites:
            yield cite, Carrier(_("机构职责"), "info", one.title, str(one.duties), is_text=not one.wanted_in)
