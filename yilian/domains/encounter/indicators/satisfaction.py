"""Whether patients and staff say that they are satisfied, from the counts of questionnaires that members report."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.kernel.rules.regulation import Decision
from yilian.registry.regulations import S0

GROUND = Decision(
    "docs/adr/0225-satisfaction-is-fed-as-counts-of-questionnaires.md",
    reason=_("满意度的问卷与口径没有可引的原文，由医联体自定"),
)
PATIENTS = S0.article("模版 10.9")
FRAMES = ("s3-sustainability",)
HELP = _("问卷、抽样方法和“满意”的口径由医联体统一规定，待本地核定")
SATISFIED, RETURNED = _("总体评价为“满意”及以上的问卷"), _("收回的有效问卷")


def over_surveys(part: str, whole: str, where: str = "") -> Formula:
    """Return the formula of one number of copies over another, of those who were asked."""
    narrowed = f", where={where}" if where else ""
    return Formula("survey", "institution", f"sum({part}{narrowed})", f"sum({whole}{narrowed})")


for _key, _title, _where, _cite in (
    ("patients", _("患者满意度"), 'asked in ["outpatient", "inpatient"]', PATIENTS),
    ("outpatients", _("门急诊患者满意度"), 'asked == "outpatient"', PATIENTS),
    ("inpatients", _("住院患者满意度"), 'asked == "inpatient"', PATIENTS),
    ("staff", _("医务人员满意度"), 'asked == "staff"', GROUND),
):
    counted(
        f"satisfaction.{_key}", _title, "%", "up", _cite, over_surveys("satisfied", "returned", _where),
        part_says=SATISFIED, whole_says=RETURNED, frames=FRAMES, help=HELP, certainty=Certainty.LOCAL,
    )  # fmt: skip
counted(
    "satisfaction.returned", _("满意度问卷回收率"), "%", "up", GROUND,
    over_surveys("returned", "sent", "is_known(sent)"), part_says=RETURNED, whole_says=_("发放的问卷"),
    help=_("回收率低时满意度不代表全体；只含填写了发放份数的调查"), certainty=Certainty.LOCAL,
)  # fmt: skip
