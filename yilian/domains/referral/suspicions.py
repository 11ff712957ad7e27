"""What looks odd among an institution's referrals when it is assessed: there and back on one day, late dates."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral.models import Referral
from yilian.domains.referral.parameters import GROUP
from yilian.domains.referral.vocabulary import State
from yilian.kernel.clock.periods import Period
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Happening
from yilian.registry.regulations import S4
from yilian.registry.suspicions import MOST_CASES, Suspicion, check

LATE_DAYS = parameters.add(
    Parameter("referral.late_entry_days", gettext_lazy("到诊登记迟于到诊几天视为补录"), 3, "d", minimum=1, maximum=90,
              group=GROUP)
).key  # fmt: skip


@check("referral.round_trip", gettext_lazy("同一患者当日转出又转回"), S4.article("7.3.2"))
def round_trips(institution_id: int, consortium_id: int, period: Period) -> Iterable[Suspicion]:
    """Referrals of a patient whom the receiver sent back to the sender on the day of sending."""
    back = Referral.objects.annotate(day=TruncDate("sent_at")).filter(
        patient=OuterRef("patient"), sender=OuterRef("receiver"), receiver=OuterRef("sender"), day=OuterRef("day"),
        sent_at__gt=OuterRef("sent_at"),
    )  # fmt: skip
    rows = _sent(institution_id, consortium_id, period).annotate(day=TruncDate("sent_at"))
    found = list(rows.filter(Exists(back)).order_by("sent_at").values_list("pk", flat=True))
    if found:
        text = _("{n} 例患者转出当日即被转回，请核对是否为同一诊疗过程").format(n=len(found))
        yield Suspicion(text, tuple(found[:MOST_CASES]))


@check("referral.late_entry", gettext_lazy("到诊补录"), S4.article("3.2.5"))
def late_entries(institution_id: int, consortium_id: int, period: Period) -> Iterable[Suspicion]:
    """Arrivals dated long before they were written down, at the receiver."""
    days = int(value_of(LATE_DAYS, institution_id=institution_id, consortium_id=consortium_id))
    written = Happening.objects.filter(case=OuterRef("pk"), verb="arrive").order_by("-seq").values("at")[:1]
    until = ExpressionWrapper(F("arrived_at") + timedelta(days=days), output_field=DateTimeField())
    rows = _sent(institution_id, consortium_id, period).filter(receiver=institution_id, arrived_at__isnull=False)
    found = list(rows.annotate(written=Subquery(written)).filter(written__gt=until).values_list("pk", flat=True))
    if found:
        text = _("{n} 例到诊时间早于登记 {days} 天以上，请说明补录原因").format(n=len(found), days=days)
        yield Suspicion(text, tuple(found[:MOST_CASES]))


def _sent(institution_id: int, consortium_id: int, period: Period) -> QuerySet[Referral]:
    """Return the referrals of the period in which the institution takes part."""
    rows = Referral.objects.exclude(state=State.ENTERED_IN_ERROR).filter(
        sent_at__gte=period.start_at, sent_at__lt=period.end_at, consortium=consortium_id
    )
    return rows.filter(Q(sender=institution_id) | Q(receiver=institution_id))
