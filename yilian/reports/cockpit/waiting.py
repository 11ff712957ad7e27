"""Why there are no numbers yet: the way from reports to figures in three stages, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yilian.domains.encounter import api as feeds
from yilian.kernel.clock.periods import add_months
from yilian.kernel.indicators.standing import Standing
from yilian.registry.models import Institution

DONE, RUNNING, WAITING, BROKEN = "done", "running", "waiting", "broken"
MONTHS = 36


@dataclass(frozen=True)
class Stage:
    """One stage: `state` is done, running, waiting or broken, and `told` says the same in words."""

    title: str
    told: str
    state: str


def stages(members: Sequence[Institution], today: date, found: Standing) -> tuple[Stage, ...]:
    """Return the stages as they stand, by one statement."""
    months = [month.year * 100 + month.month for month in (add_months(today, -MONTHS), today)]
    places = [place.pk for place in members]
    fed = feeds.coverage(institution_ids=places, first=months[0], last=months[1])
    return _reported(len({row.institution_id for row in fed}), len(places)), _gathered(found), _counted(found)


def _reported(fed: int, members: int) -> Stage:
    told = _("{members} 家成员机构中 {fed} 家已报送诊疗数据").format(members=members, fed=fed)
    return Stage(_("成员报送"), told, DONE if fed == members else RUNNING if fed else WAITING)


def _gathered(found: Standing) -> Stage:
    title, run = _("汇集数据"), found.refresh
    if run is None:
        return Stage(title, _("等候：报送完成后自动开始，每夜也会进行"), WAITING)
    if run.failure or (run.finished_at is None and not found.is_refreshing):
        return Stage(title, _("没有完成，下次刷新会重试"), BROKEN)
    if run.finished_at is None:
        return Stage(title, _("正在进行"), RUNNING)
    return Stage(title, _("已完成，{rows} 行").format(rows=f"{run.rows:,}"), DONE)


def _counted(found: Standing) -> Stage:
    title, run = _("统计指标"), found.counting
    if run is None:
        if _gathered(found).state == DONE:
            return Stage(title, _("正在进行"), RUNNING)
        return Stage(title, _("等候：数据汇集后自动开始"), WAITING)
    if run.failure and not run.results:
        return Stage(title, _("没有完成，请联系管理员"), BROKEN)
    return Stage(title, _("已完成，但所选范围和期间没有结果"), DONE)
