"""Which services an institution is known for, as it says in the directory."""

from collections.abc import Iterable

from yilian.domains.capacity.models import Service
from yilian.registry import positioning
from yilian.registry.positioning import Feature


def featured(institutions: Iterable[int]) -> dict[int, list[Feature]]:
    """Return the featured services that are on offer, by institution."""
    found: dict[int, list[Feature]] = {}
    rows = Service.objects.filter(institution__in=list(institutions), is_featured=True, is_on=True).order_by("pk")
    for row in rows:
        found.setdefault(row.institution_id, []).append(Feature(row.name, f"/services/{row.pk}/"))
    return found


positioning.sources.append(featured)
