"""The lives of consortia, read from their rows in a fixed number of queries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Min

from yilian.domains.alliance.life import Life, Numbers
from yilian.domains.alliance.models import Agreement, Assessment, Charter, Council, Ending
from yilian.domains.alliance.standing import Result
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Consortium


def numbers_on(day: date) -> Numbers:
    """Return the numbers in force on a day for the whole installation."""
    return Numbers(
        assess_after_months=int(value_of("alliance.assess_after_months", on=day)),
        fails_to_dissolve=int(value_of("alliance.fails_to_dissolve", on=day)),
        ban_years=int(value_of("alliance.ban_years", on=day)),
        review_years=int(value_of("alliance.review_years", on=day)),
    )


def lives_of(consortia: Iterable[Consortium]) -> dict[int, Life]:
    """Return the dates of each consortium by key."""
    wanted = list(consortia)
    keys = [consortium.pk for consortium in wanted]
    results: dict[int, list[Result]] = {}
    for key, year, is_passed in Assessment.objects.filter(consortium__in=keys).values_list(
        "consortium_id", "year", "is_passed"
    ):
        results.setdefault(key, []).append(Result(year, is_passed))
    councils = dict(
        Council.objects.filter(consortium__in=keys)
        .order_by()
        .values_list("consortium_id")
        .annotate(until=Max("until_on"))
    )
    agreements = dict(
        Agreement.objects.filter(consortium__in=keys, ended_on=None, until_on__isnull=False)
        .order_by()
        .values_list("consortium_id")
        .annotate(until=Min("until_on"))
    )
    causes = dict(Ending.objects.filter(consortium__in=keys).values_list("consortium_id", "cause"))
    charters = dict(
        Charter.objects.filter(consortium__in=keys)
        .order_by()
        .values_list("consortium_id")
        .annotate(last=Max("adopted_on"))
    )
    return {
        one.pk: Life(
            kind=one.kind,
            founded_on=one.founded_on,
            ended_on=one.ended_on,
            results=tuple(results.get(one.pk, ())),
            council_until=councils.get(one.pk),
            ending_cause=causes.get(one.pk, ""),
            charter_on=charters.get(one.pk),
            agreement_until=agreements.get(one.pk),
        )
        for one in wanted
    }
