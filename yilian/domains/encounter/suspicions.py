"""What looks odd among the secondments an institution reported when it is assessed: people in two places at once."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.encounter.models import Feed, FeedState
from yilian.domains.encounter.rules import IN_TWO_PLACES
from yilian.domains.encounter.star import SECONDMENT
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.spans import of_period
from yilian.registry.regulations import S4
from yilian.registry.suspicions import Suspicion, check


@check("encounter.two_places", gettext_lazy("派驻时间重叠"), S4.article("3.2.7"))
def posted_twice(institution_id: int, consortium_id: int, period: Period) -> Iterable[Suspicion]:
    """Rows of people posted to two institutions at once, in the last report of each month of the period."""
    rows = Feed.objects.filter(
        institution=institution_id, fact=SECONDMENT.key, state=FeedState.TAKEN, is_dry=False,
        months__overlap=of_period(period),
    )  # fmt: skip
    seen, found = set[int](), 0
    for months, broken in rows.values_list("months", "broken"):
        if not seen.issuperset(months):
            found += broken.get(IN_TWO_PLACES.key, 0)
        seen.update(months)
    if found:
        yield Suspicion(_("报送的下派记录中，{n} 条的人员同时派驻在另一家机构，请说明").format(n=found))
