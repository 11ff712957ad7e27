"""Since when or until when a member counts in a consortium, in words: who joined in mid-year counts from its month."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.spans import between, number


def partly_members(consortium_id: int | None, period: Period, titles: Mapping[int, str]) -> list[str]:
    """Return a sentence for each institution (of `titles`) that was a member for a part of the period only.

    Months that lie ahead are left out; what counts by consortium counts an institution from the month it joined in.
    """
    if consortium_id is None:
        return []
    first, last = number(period.first), number(min(period.last, clock.today()))
    if first > last:
        return []
    held: dict[int, list[int]] = {}
    for place, circle, month in belonging.members(first, last):
        if circle == consortium_id and place in titles:
            held.setdefault(place, []).append(month)
    whole = len(between(first, last))
    return [_said(titles[place], sorted(months), first, last) for place, months in held.items() if len(months) < whole]


def _said(title: str, months: list[int], first: int, last: int) -> str:
    begins, ends = (f"{month // 100}-{month % 100:02d}" for month in (months[0], months[-1]))
    if months[-1] == last and len(months) == len(between(months[0], last)):
        return _("{title}：期内加入，自 {begins} 起计入").format(title=title, begins=begins)
    if months[0] == first and len(months) == len(between(first, months[-1])):
        return _("{title}：期内退出，计至 {ends}").format(title=title, ends=ends)
    return _("{title}：期内只有部分月份是成员，这些月份计入").format(title=title)
