"""Whether the numbers are as fresh as they could be, and if not, why: sentences for whoever reads them.

A refresh that died or failed, or a formula that could not be counted, leaves the numbers of before (docs/adr/0235).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.kernel.indicators.models import MEASURES, Computation
from yilian.kernel.lake.fact import facts
from yilian.kernel.lake.models import Refresh
from yilian.kernel.lake.noting import is_held, newest

LONGEST_FAILURE, LONGEST_ENGINE = 500, 40
BETWEEN, AFTER_KEY = "; ", ": "
EVERYTHING = "*"
"""Stands for all indicators in the failure of a run that counted nothing."""


@dataclass(frozen=True)
class Standing:
    """The last refresh and the last counting; `is_refreshing` while the lake is being changed."""

    refresh: Refresh | None
    counting: Computation | None
    is_refreshing: bool

    @property
    def sentences(self) -> list[str]:
        """What a reader of numbers should know; nothing when all is well."""
        return [*self._of_refresh(), *self._of_counting()]

    def sentence_of(self, indicator: Indicator) -> str:
        """Return why the last run did not count this indicator, or ""."""
        fact = indicator.formula.fact if indicator.formula else ""
        for key, why in self._failures():
            if key in (indicator.key, fact):
                return _("最近一次统计没有算出本指标，显示的是此前的数：{why}").format(why=why)
        return ""

    def holds(self, at: datetime | None) -> bool:
        """Whether rows that arrived at a moment are in the numbers."""
        run = self.refresh
        if at is None or run is None or run.finished_at is None or run.failure or run.started_at < at:
            return False
        return not run.months or (self.counting is not None and self.counting.started_at >= run.finished_at)

    def _of_refresh(self) -> Iterator[str]:
        run = self.refresh
        if run is None:
            return
        if run.finished_at is None:
            told = (
                _("数据正在刷新（{at} 开始），完成前显示的是此前的数")
                if self.is_refreshing
                else _("{at} 开始的数据刷新中断了，没有完成；显示的仍是此前的数，下次刷新（每夜或再次报送后）会补上")
            )
            yield told.format(at=_minute(run.started_at))
        elif run.failure:
            told = _("{at} 的数据刷新失败，显示的仍是此前的数；下次刷新会重试，仍失败请联系管理员")
            yield told.format(at=_minute(run.started_at))

    def _of_counting(self) -> Iterator[str]:
        found = list(self._failures())
        if self.counting is None or not found:
            return
        at = _minute(self.counting.started_at)
        if any(key == EVERYTHING for key, _why in found):
            yield _("{at} 的统计没有完成，显示的仍是此前的数；请联系管理员检查计算引擎").format(at=at)
            return
        titles = [str(item.title) for key, _why in found for item in (indicators.get(key) or facts.get(key),) if item]
        named = _("、").join(titles) or _("医联体自定的指标")
        yield _("{at} 的统计有 {n} 处没有算出，保留此前的数：{named}").format(at=at, n=len(found), named=named)

    def _failures(self) -> Iterator[tuple[str, str]]:
        """Yield what the last counting could not count, by the key of an indicator or of a fact, and why."""
        failure = self.counting.failure if self.counting else ""
        for said in failure.split(BETWEEN) if failure else ():
            key, _colon, why = said.partition(AFTER_KEY)
            yield key, why


def standing() -> Standing:
    """Return how the numbers stand, by two statements, and a third while a refresh is not finished."""
    run = newest()
    is_open = run is not None and run.finished_at is None
    return Standing(run, Computation.objects.exclude(engine=MEASURES).first(), is_open and is_held())


def note_failure(why: str) -> None:
    """Keep a run that counted nothing, with its reason."""
    now = clock.now()
    Computation.objects.create(
        started_at=now, finished_at=now, engine=str(settings.INDICATOR_ENGINE)[:LONGEST_ENGINE],
        failure=f"{EVERYTHING}{AFTER_KEY}{why}"[:LONGEST_FAILURE],
    )  # fmt: skip


def _minute(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"
