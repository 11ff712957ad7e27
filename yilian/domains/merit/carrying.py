"""Which articles the catalogue of merits and penalties carries out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yilian.domains.merit.catalogue import GROUNDS
from yilian.kernel.rules.carrying import Carrier
from yilian.kernel.rules.regulation import Ground


def grounds() -> Iterator[tuple[Ground | None, Carrier]]:
    """Yield each ground for which somebody is commended or punished."""
    for one in GROUNDS.values():
        yield one.cite, Carrier(_("奖惩事由"), "warning", str(one.title), str(one.nature.label), "/merit/")
