"""People sent to the grassroots: how many for six months, and how many days."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S4
from yilian.registry.shelves import COUNTY

SUPPORT = S4.article("3.2.7")
SIX_MONTHS = "until_on >= since_on + days(180)"
FOR_THE_COUNTY = (
    f'institution.tier >= 2 and host.is_primary and title in ["senior", "associate", "intermediate"] and {SIX_MONTHS}'
)
SAID = _("由二级及以上机构派到基层、中级及以上职称、派驻满六个月的人员，同一人只计一次")


def over_secondments(part: str, whole: str = "") -> Formula:
    """Return a formula over months of secondments, at the institution that sends."""
    return Formula("secondment", "institution", part, whole)


counted(
    "staff.posted", _("满六个月的基层派驻人数"), _("人"), "up", COUNTY,
    over_secondments(f"distinct(person, where={FOR_THE_COUNTY})"), part_says=SAID,
    frames=("county-same", "s3-radiation"), help=_("巡诊和短期支援不计"),
)  # fmt: skip
counted(
    "staff.posted_days", _("满六个月派驻的人日数"), _("人日"), "up", COUNTY,
    over_secondments(f"sum(days, where={FOR_THE_COUNTY})"), part_says=_("上述人员期内在岗天数之和"),
    frames=("county-same", "s3-radiation"),
)  # fmt: skip
counted(
    "staff.days", _("派驻人日数"), _("人日"), "up", SUPPORT, over_secondments("sum(days)"),
    part_says=_("全部派出人员期内在岗天数之和"), frames=("s3-radiation",),
)  # fmt: skip
counted(
    "staff.primary_days_share", _("派驻人日到基层占比"), "%", "up", SUPPORT,
    over_secondments("sum(days, where=host.is_primary)", "sum(days)"),
    part_says=_("派到基层医疗卫生机构的人日"), whole_says=_("全部派驻人日"), frames=("s3-radiation",),
    certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "staff.hosted_days", _("接受派驻人日数"), _("人日"), "up", SUPPORT, Formula("secondment", "host", "sum(days)"),
    part_says=_("到本机构派驻的人员期内在岗天数之和"), frames=("s3-radiation",),
)  # fmt: skip
