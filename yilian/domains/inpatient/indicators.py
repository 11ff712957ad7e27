"""The number of this domain: days that patients stayed though somebody held them fit to go down."""

from decimal import Decimal

from django.db.models import DurationField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from yilian.domains.inpatient.models import FitSpan
from yilian.kernel import clock
from yilian.kernel.indicators.indicator import Amount, Extent, indicator
from yilian.registry.consortia import at_members
from yilian.registry.regulations import S4

BOTH_WAYS = S4.article("7.3.2")


def spans(extent: Extent) -> QuerySet[FitSpan]:
    """Return the spans that touch the period, of the institution and of the consortium, each with its `days` in it."""
    after = min(extent.period.last, clock.today())
    rows = FitSpan.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=extent.period.first), since_on__lte=after)
    rows = at_members(rows, extent, after)
    last = Least(Coalesce(F("until_on"), Value(after)), Value(after))
    return rows.annotate(days=last - Greatest(F("since_on"), Value(extent.period.first)))


@indicator(
    "inpatient.fit_days", _("符合下转指征仍在院天数"), _("天"), "down", BOTH_WAYS,
    part_says=_("期内被判断为符合下转指征的住院时段"),
)  # fmt: skip
def fit_days(extent: Extent) -> Amount:
    """Days in the period on which a patient whom somebody held fit to go down was still in a bed of the institution."""
    rows = spans(extent)
    total = rows.aggregate(total=Sum("days", output_field=DurationField()))["total"]
    return Amount(rows, Decimal(total.days if total else 0))
