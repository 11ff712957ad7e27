"""The clocks of one consortium, each from its dates and with its article: pure, no database."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import clocks
from yilian.domains.alliance.models import Cause
from yilian.domains.alliance.standing import Result, fails_in_a_row
from yilian.kernel.rules.regulation import Citation
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.regulations import S0, S3, S4


@dataclass(frozen=True)
class Numbers:
    """The numbers of the parameters that clocks are wound with."""

    assess_after_months: int = 6
    fails_to_dissolve: int = 2
    ban_years: int = 3
    review_years: int = 3


@dataclass(frozen=True)
class Life:
    """The dates of a consortium that clocks run from; None is a date nobody knows."""

    kind: str
    founded_on: date
    ended_on: date | None = None
    results: tuple[Result, ...] = ()
    council_until: date | None = None
    ending_cause: str = ""
    charter_on: date | None = None
    agreement_until: date | None = None


@dataclass(frozen=True)
class Clock:
    """A day that something begins or must be done by. `is_limit` is a last day, else a first one."""

    key: str
    title: str | Promise
    on: date
    cite: Citation
    is_limit: bool = True
    detail: str = field(default="", compare=False)

    def days_left(self, on: date) -> int:
        """Return how many days remain; negative once it has passed."""
        return (self.on - on).days

    def is_late(self, on: date) -> bool:
        return self.is_limit and self.on < on


def clocks_of(life: Life, on: date, numbers: Numbers | None = None) -> list[Clock]:
    """Return the clocks that still matter on a day, the earliest first."""
    numbers = numbers or Numbers()
    if life.ended_on is not None and life.ended_on <= on:
        return _after_the_end(life, on, numbers)
    found = [*_assessment(life, on, numbers), *_bodies(life), *_papers(life, numbers)]
    return sorted(found, key=lambda clock: clock.on)


def next_clock(found: list[Clock], on: date) -> Clock | None:
    """Return the clock to look at: the one that is late, else the next to come."""
    return next((clock for clock in found if clock.is_late(on)), None) or next(
        (clock for clock in found if clock.on >= on), None
    )


def _after_the_end(life: Life, on: date, numbers: Numbers) -> list[Clock]:
    if life.ending_cause != Cause.FAILED or life.ended_on is None:
        return []
    last = clocks.banned_until(life.ended_on, numbers.ban_years)
    if last < on:
        return []
    free = clocks.may_apply_from(life.ended_on, numbers.ban_years)
    detail = now("{day} 前牵头单位不得再次申请该专业").format(day=free)
    return [Clock("ban", _("禁止再申请期满"), last, S3.article("20"), is_limit=False, detail=detail)]


def _assessment(life: Life, on: date, numbers: Numbers) -> list[Clock]:
    if life.kind != ConsortiumKind.SPECIALTY_ALLIANCE or life.ending_cause:
        return []
    first = clocks.assessable_from(life.founded_on, numbers.assess_after_months)
    year = max((result.year + 1 for result in life.results), default=first.year)
    found = [Clock("assessment", _("年度考核公布期限"), date(year, 12, 31), S3.article("17"),
                   detail=now("{year} 年度").format(year=year))]  # fmt: skip
    if not life.results and first >= on:
        found.append(Clock("assessable", _("可首次考核"), first, S3.article("19"), is_limit=False))
    fails = fails_in_a_row(life.results)
    if 0 < fails < numbers.fails_to_dissolve:
        detail = now("已连续不合格 {n} 年，{year} 年度再不合格责令解散").format(n=fails, year=year)
        found.append(Clock("yellow_card", _("黄牌待下次考核结论"), date(year, 12, 31), S3.article("19"), detail=detail))
    return found


def _bodies(life: Life) -> list[Clock]:
    if life.council_until is None:
        return []
    return [Clock("council", _("理事会届满"), life.council_until, S3.article("11"))]


def _papers(life: Life, numbers: Numbers) -> list[Clock]:
    found = []
    if life.agreement_until is not None:
        found.append(Clock("agreement", _("最早到期的合作协议"), life.agreement_until, S0.article("管理制度 14")))
    if life.charter_on is not None and life.kind == ConsortiumKind.CITY_GROUP:
        due = clocks.review_due_on(life.charter_on, numbers.review_years)
        found.append(Clock("review", _("章程与制度修订期限"), due, S4.article("文头")))
    return found
