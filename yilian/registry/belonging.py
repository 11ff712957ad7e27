"""What the numbers ask of the registry: who belonged to which consortium month by month, and who treats people."""

from datetime import date

from django.db.models import F, Q

from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.spans import between, first_day, number
from yilian.registry.models import Institution, Membership


def members(first: int, last: int) -> list[tuple[int, int, int]]:
    """Return (institution, consortium, month) of every membership that held on a day of these months (yyyymm)."""
    rows = Membership.objects.filter(since_on__lt=_after(last)).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=first_day(first)),
        Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
    )
    found = rows.values_list(
        "institution_id", "consortium_id", "since_on", "until_on", "consortium__founded_on", "consortium__ended_on"
    )
    return [
        (institution, consortium, month)
        for institution, consortium, since, until, founded, ended in found
        for month in between(
            max(first, number(max(since, founded))), min([last, *(number(day) for day in (until, ended) if day)])
        )
    ]


def institutions() -> list[int]:
    """Return the institutions that treat people, those that have ended included: their past stays."""
    return list(Institution.objects.filter(is_authority=False).order_by("pk").values_list("pk", flat=True))


def _after(month: int) -> date:
    year, place = divmod(month, 100)
    return date(year + place // 12, place % 12 + 1, 1)


belonging.told_by(members=members, institutions=institutions)
