"""What others may know of calls for help."""

from collections.abc import Iterable

from yilian.domains.support.models import CallState, SupportCall

UNSOLVED = (CallState.FILED, CallState.IN_HAND, CallState.WAITING)


def cut_off(institution_ids: Iterable[int]) -> dict[int, str]:
    """Return, of these institutions, those that cannot use the platform, each with the number of the oldest call."""
    rows = SupportCall.objects.filter(about_id__in=list(institution_ids), is_cut_off=True, state__in=UNSOLVED)
    return dict(rows.order_by("-filed_at").values_list("about_id", "number"))
