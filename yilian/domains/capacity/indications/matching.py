"""Which indications an institution may name: those of its consortia, and defaults that none of these has replaced."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yilian.domains.capacity.models import Indication
from yilian.kernel import clock
from yilian.registry.consortia import consortia_of


@dataclass(frozen=True)
class Match:
    """An indication, and whether it is meant for the diagnosis that was asked for."""

    indication: Indication
    is_for_diagnosis: bool


def offered(institution_id: int) -> QuerySet[Indication]:
    """Return the indications in use for an institution today."""
    own = [consortium.pk for consortium in consortia_of(institution_id, clock.today())]
    replaced = Indication.objects.filter(consortium__in=own).exclude(shipped_key="").values("shipped_key")
    defaults = Q(consortium__isnull=True) & ~Q(shipped_key__in=replaced)
    rows = Indication.objects.filter(Q(consortium__in=own) | defaults, is_on=True)
    return rows.select_related("consortium", "subject")


def match(institution_id: int, *, direction: str = "", diagnosis: str = "", text: str = "") -> list[Match]:
    """Return what fits direction and words; with a diagnosis what is meant for it, then what is meant for all."""
    rows = offered(institution_id)
    if direction:
        rows = rows.filter(direction=direction)
    if text.strip():
        rows = rows.filter(condition__icontains=text.strip())
    found = [Match(row, _is_for(row, diagnosis)) for row in rows]
    fitting = [one for one in found if one.is_for_diagnosis or not one.indication.diagnoses or not diagnosis]
    return sorted(fitting, key=lambda one: (not one.is_for_diagnosis, one.indication.consortium_id is None,
                                            one.indication.pk))  # fmt: skip


def _is_for(row: Indication, diagnosis: str) -> bool:
    return bool(diagnosis) and any(diagnosis.upper().startswith(code) for code in row.diagnoses)
