"""Indicators of the county framework that nobody feeds yet: each says which data it waits for (docs/adr/0168)."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.indicators.service import ABOVE
from yilian.kernel.indicators.indicator import Extent, indicator
from yilian.registry.shelves import COUNTY

CLAIMS = _("本县参保人的医保结算数据，含县域外就医")


def _awaited(key: str, title: str | Promise, unit: str | Promise, direction: str, **words: Any) -> None:
    @indicator(key, title, unit, direction, COUNTY, level=ABOVE, **words)
    def unknown(extent: Extent) -> None:
        """Nobody feeds these data."""


_awaited(
    "staff.income_ratio", _("基层医疗卫生机构人均收入与牵头医院人均收入的比值"), "", "up",
    part_says=_("基层医疗卫生机构人均收入"), whole_says=_("牵头医院人均收入"), frames=("county-same",),
    lacks=_("各机构的职工人数与收入"),
)  # fmt: skip
_awaited(
    "service.village_ecg_share", _("影像心电中心服务开展与心电设备村级覆盖率"), "%", "up",
    part_says=_("配有心电设备的村卫生室"), whole_says=_("全部村卫生室"), frames=("county-same",),
    lacks=_("村卫生室名册及其心电设备"),
)  # fmt: skip
_awaited(
    "cost.fund_inside_share", _("医保基金县域内支出占比（不含药店）"), "%", "up",
    part_says=_("县域内机构的医保基金支出"), whole_says=_("本县参保人的医保基金总支出，不含药店"),
    frames=("county-division",), lacks=CLAIMS,
)  # fmt: skip
_awaited(
    "service.stays_inside_share", _("参保人县域内住院人次占比"), "%", "up",
    part_says=_("参保人县域内住院人次"), whole_says=_("参保人住院总人次"), frames=("county-effect",), lacks=CLAIMS,
)  # fmt: skip
_awaited(
    "health.chronic_stays_share", _("县域内慢性病健康管理人群住院率"), "%", "down",
    part_says=_("慢性病健康管理人群的住院人次"), whole_says=_("慢性病健康管理人数"), frames=("county-health",),
    lacks=_("慢性病健康管理名册"),
)  # fmt: skip
_awaited(
    "health.early_deaths_share", _("县域内四类慢性病过早死亡率"), "%", "down",
    part_says=_("30 至 69 岁因心脑血管疾病、癌症、慢性呼吸系统疾病、糖尿病死亡的概率"), frames=("county-health",),
    lacks=_("死因监测数据与分年龄人口"),
)  # fmt: skip
