"""What looks odd among the meetings an institution held when it is assessed: nobody came, or nothing was written."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.governance.models import Meeting
from yilian.kernel.clock.periods import Period
from yilian.registry.regulations import S0
from yilian.registry.suspicions import MOST_CASES, Suspicion, check

ALONE = 1


@check("governance.empty_meetings", gettext_lazy("会议无人到会或无纪要"), S0.article("管理制度 15"))
def empty_meetings(institution_id: int, consortium_id: int, period: Period) -> Iterable[Suspicion]:
    """Meetings the institution called and recorded as held to which only itself came, or without minutes."""
    rows = Meeting.objects.filter(
        Q(present__lte=ALONE) | Q(minutes=""), lead=institution_id, consortium=consortium_id,
        held_on__gte=period.first, held_on__lte=period.last,
    )  # fmt: skip
    found = list(rows.order_by("held_on").values_list("pk", flat=True))
    if found:
        text = _("{n} 次会议只有召集单位到会或没有纪要").format(n=len(found))
        yield Suspicion(text, tuple(found[:MOST_CASES]))
