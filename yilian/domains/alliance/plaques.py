"""Whether a plaque still holds, read from the rows its right hangs on."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import clocks
from yilian.domains.alliance.models import Plaque
from yilian.registry.models import Membership

WHY = {
    "ended": _("机构发生分立、合并、解散或破产清算"),
    "dissolved": _("医联体已终止"),
    "left": _("已退出医联体"),
    "surrendered": _("已摘牌"),
}


def lapse_of(plaque: Plaque) -> clocks.Lapse | None:
    """Return when and why a plaque has lapsed or will lapse; None while nothing ends it (S4 annex)."""
    return lapses_of([plaque])[plaque.pk]


def lapses_of(plaques: Iterable[Plaque]) -> dict[int, clocks.Lapse | None]:
    """Return the lapse of each plaque by key; institutions and consortia should be joined already."""
    wanted = list(plaques)
    left = _last_days([(plaque.consortium_id, plaque.institution_id) for plaque in wanted])
    return {
        plaque.pk: clocks.plaque_lapse(
            surrendered_on=plaque.surrendered_on,
            left_on=left.get((plaque.consortium_id, plaque.institution_id)),
            ended_on=plaque.institution.ended_on,
            dissolved_on=plaque.consortium.ended_on,
        )
        for plaque in wanted
    }


def in_force(institution_id: int, consortium_id: int, on: date) -> Plaque | None:
    """Return the plaque an institution rightly wears on a day, or None."""
    rows = Plaque.objects.filter(institution_id=institution_id, consortium_id=consortium_id, consented_on__lte=on)
    for plaque in rows.select_related("institution", "consortium"):
        lapse = lapse_of(plaque)
        if lapse is None or lapse.on > on:
            return plaque
    return None


def lapsed(on: date) -> list[tuple[Plaque, clocks.Lapse]]:
    """Return the plaques nobody has taken down although they have lapsed by a day."""
    rows = list(Plaque.objects.filter(surrendered_on=None).select_related("institution", "consortium__lead"))
    found = lapses_of(rows)
    return [(plaque, lapse) for plaque in rows if (lapse := found[plaque.pk]) and lapse.on <= on]


def _last_days(pairs: list[tuple[int, int]]) -> dict[tuple[int, int], date | None]:
    """Return the last day of the latest membership of each (consortium, institution); None while it runs."""
    rows = Membership.objects.filter(
        consortium_id__in={consortium for consortium, _institution in pairs},
        institution_id__in={institution for _consortium, institution in pairs},
    )
    return {(row.consortium_id, row.institution_id): row.until_on for row in rows.order_by("since_on")}
