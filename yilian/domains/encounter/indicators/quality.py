"""Quality and safety of what was done: readmission, deaths, adverse events, infections, critical values."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.indicators.service import STAYS, over_encounters
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S1
from yilian.registry.shelves import QUALITY, USUAL

TOLD = S1.article("10")
SURGERY = "surgery_level >= 1"

counted(
    "quality.readmitted_share", _("31天内非计划再入院率"), "%", "down", QUALITY,
    over_encounters(
        f"count(where={STAYS} and is_readmitted)", f"count(where={STAYS} and is_known(is_readmitted))"
    ),
    part_says=_("31 天内非计划再入院的出院人次"), whole_says=_("已判定是否再入院的出院人次"),
    help=_("是否为非计划再入院由报送机构判定"),
)  # fmt: skip
counted(
    "quality.died_share", _("住院死亡率"), "%", "down", USUAL,
    over_encounters(f"count(where={STAYS} and died)", f"count(where={STAYS})"),
    part_says=_("住院死亡人次"), whole_says=_("出院人次（含死亡）"),
)  # fmt: skip
counted(
    "quality.surgery_died_share", _("手术患者住院死亡率"), "%", "down", QUALITY,
    over_encounters(
        f"count(where={STAYS} and died and {SURGERY})", f"count(where={STAYS} and {SURGERY})"
    ),
    part_says=_("手术患者住院死亡人次"), whole_says=_("手术患者出院人次"), certainty=Certainty.LOCAL,
    help=_("围手术期的起止未得原文，按同次住院计"),
)  # fmt: skip
counted(
    "quality.adverse_reported_rate", _("医疗安全不良事件报告率"), "%", "up", QUALITY,
    over_encounters(f"count(where={STAYS} and adverse_reported)", f"count(where={STAYS})"),
    part_says=_("已上报不良事件的出院人次"), whole_says=_("出院人次"), help=_("一次住院报告多件的计一次"),
)  # fmt: skip
counted(
    "quality.adverse_told_share", _("不良事件上报占比"), "%", "up", TOLD,
    over_encounters("count(where=adverse and adverse_reported)", "count(where=adverse)"),
    part_says=_("已上报的"), whole_says=_("发生不良事件的诊疗人次"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "quality.outpatient_adverse_rate", _("每千门诊诊疗人次不良事件发生率"), "‰", "down", QUALITY,
    over_encounters(
        'count(where=visit_type == "outpatient" and adverse)', 'count(where=visit_type == "outpatient")'
    ),
    per=1000, part_says=_("门诊不良事件例数"), whole_says=_("同期门诊诊疗人次"), help=_("一次就诊发生多件的计一例"),
)  # fmt: skip
counted(
    "quality.critical_told_share", _("危急值30分钟内通报率"), "%", "up", QUALITY,
    Formula(
        "order", "resulting", "count(where=critical and notified_at <= result_at + minutes(30))",
        "count(where=critical and is_known(result_at))",
    ),
    part_says=_("报告后 30 分钟内通报的危急值"), whole_says=_("已有报告的危急值"),
    help=_("在出报告的机构计数；来源指标只计门诊，报送数据不分门诊与住院"),
)  # fmt: skip
counted(
    "quality.critical_handled_share", _("危急值24小时内处置率"), "%", "up", QUALITY,
    Formula(
        "order", "institution", "count(where=critical and handled_at <= notified_at + minutes(1440))",
        "count(where=critical and is_known(notified_at))",
    ),
    part_says=_("通报后 24 小时内处置的危急值"), whole_says=_("已通报的危急值"), certainty=Certainty.LOCAL,
    help=_("来源指标计“当日”处置，这里按 24 小时计"),
)  # fmt: skip
counted(
    "infection.incidence", _("千日医院感染例次发病率"), "‰", "down", QUALITY,
    over_encounters(f"count(where={STAYS} and hai)", f"sum(los, where={STAYS} and is_known(hai))"), per=1000,
    part_says=_("新发医院感染例次"), whole_says=_("同期住院患者累计住院天数"), help=_("一次住院多次感染的计一例"),
)  # fmt: skip
counted(
    "infection.share", _("医院感染发生率"), "%", "down", QUALITY,
    over_encounters(f"count(where={STAYS} and hai)", f"count(where={STAYS} and is_known(hai))"),
    part_says=_("发生医院感染的出院人次"), whole_says=_("已判定是否感染的出院人次"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "infection.surgery_share", _("手术患者医院感染发生率"), "%", "down", QUALITY,
    over_encounters(
        f"count(where={STAYS} and hai and {SURGERY})", f"count(where={STAYS} and is_known(hai) and {SURGERY})"
    ),
    part_says=_("发生医院感染的手术患者出院人次"), whole_says=_("手术患者出院人次"), certainty=Certainty.LOCAL,
    help=_("不分切口类别和部位：报送数据没有这两项"),
)  # fmt: skip
