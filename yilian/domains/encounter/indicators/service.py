"""Who treats how many: visits, discharges, the share of the grassroots, surgery."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S0, S1, S2
from yilian.registry.shelves import COUNTY, USUAL

VISITS = 'visit_type in ["outpatient", "emergency"]'
STAYS = 'visit_type == "inpatient"'
ABOVE = ("consortium", "region")
"""Levels of what compares institutions with each other: at one of them it is all or nothing."""


def over_encounters(part: str, whole: str = "") -> Formula:
    """Return a formula over the encounters of an institution."""
    return Formula("encounter", "institution", part, whole)


counted(
    "service.visits", _("门急诊人次"), _("人次"), "none", USUAL, over_encounters(f"count(where={VISITS})"),
    part_says=_("期内门诊和急诊人次"), frames=("s3-cooperation",),
)  # fmt: skip
counted(
    "service.discharges", _("出院人次"), _("人次"), "none", USUAL, over_encounters(f"count(where={STAYS})"),
    part_says=_("期内出院人次"),
)  # fmt: skip
counted(
    "service.patients", _("就诊患者数"), _("人"), "none", USUAL, over_encounters("distinct(patient)"),
    part_says=_("期内就诊的不同患者，同一人只计一次"), help=_("人数不能按月或按机构相加，每个范围分别计数"),
)  # fmt: skip
counted(
    "service.visits_per_patient", _("人均就诊次数"), _("次"), "none", USUAL,
    over_encounters("count()", "distinct(patient)"), part_says=_("期内诊疗人次"), whole_says=_("期内就诊的不同患者"),
    certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "service.primary_share", _("县域内基层医疗卫生机构诊疗人次数占比"), "%", "up", COUNTY,
    over_encounters(f"count(where={VISITS} and institution.is_primary)", f"count(where={VISITS})"),
    part_says=_("基层医疗卫生机构的门急诊人次"), whole_says=_("全部成员的门急诊人次"), level=ABOVE,
    frames=("county-division", "s3-cooperation"), help=_("只含已报送机构的诊疗"),
)  # fmt: skip
counted(
    "service.tcm_share", _("县域内中医类诊疗量占比"), "%", "up", COUNTY,
    over_encounters(f"count(where={VISITS} and tcm)", f"count(where={VISITS})"),
    part_says=_("提供中医药服务的门急诊人次"), whole_says=_("门急诊人次"), frames=("county-effect",),
)  # fmt: skip
counted(
    "service.primary_tcm_share", _("基层中医药门急诊占比"), "%", "up", USUAL,
    over_encounters(
        f"count(where={VISITS} and tcm and institution.is_primary)",
        f"count(where={VISITS} and institution.is_primary)",
    ),
    part_says=_("基层提供中医药服务的门急诊人次"), whole_says=_("基层门急诊人次"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "service.signed_share", _("签约居民诊疗占比"), "%", "up", USUAL,
    over_encounters(
        f"count(where={VISITS} and is_family_doctor and institution.is_primary)",
        f"count(where={VISITS} and institution.is_primary)",
    ),
    part_says=_("家庭医生签约居民在基层的门急诊人次"), whole_says=_("基层门急诊人次"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "service.emergency_share", _("急诊人次占比"), "%", "none", USUAL,
    over_encounters('count(where=visit_type == "emergency")', f"count(where={VISITS})"),
    part_says=_("急诊人次"), whole_says=_("门急诊人次"),
)  # fmt: skip
counted(
    "service.stay_days", _("平均住院日"), _("天"), "down", USUAL,
    over_encounters(f"sum(los, where={STAYS})", f"count(where={STAYS} and is_known(los))"),
    part_says=_("出院患者住院天数之和"), whole_says=_("出院人次"), frames=("s3-cooperation",),
)  # fmt: skip
counted(
    "service.high_surgery_share", _("三、四级手术占比"), "%", "up", S1.article("6"),
    over_encounters("count(where=surgery_level >= 3)", "count(where=surgery_level >= 1)"),
    part_says=_("三级和四级手术例数"), whole_says=_("手术例数"), frames=("s3-radiation",),
)  # fmt: skip
counted(
    "service.day_surgery_share", _("日间手术占比"), "%", "up", S1.article("6"),
    over_encounters("count(where=is_day_surgery)", "count(where=surgery_level >= 1)"),
    part_says=_("日间手术例数"), whole_says=_("手术例数"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "service.primary_surgery", _("基层手术例数"), _("例"), "up", S0.article("摘编 5"),
    over_encounters("count(where=surgery_level >= 1 and institution.is_primary)"),
    part_says=_("在基层医疗卫生机构施行的手术"), frames=("s3-radiation",), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "service.referred_in_share", _("出院患者中转入者占比"), "%", "none", S2.article("1.1"),
    over_encounters(f"count(where={STAYS} and is_referred_in)", f"count(where={STAYS})"),
    part_says=_("由其他机构转入的出院人次"), whole_says=_("出院人次"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "service.local_share", _("本县区居民诊疗占比"), "%", "up", S2.article("1.1"),
    over_encounters("count(where=home == institution.county)", "count(where=is_known(home))"),
    part_says=_("常住地与机构同在一个县区的诊疗人次"), whole_says=_("登记了常住地的诊疗人次"),
    certainty=Certainty.LOCAL,
)  # fmt: skip
