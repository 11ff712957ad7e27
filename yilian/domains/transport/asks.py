"""What the steps of a transport ask. The four texts follow SBAR (situation, background, assessment, recommendation).

No source document prescribes them.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.transport import reasons
from yilian.domains.transport.checklist import CHECKS, HANDED, choices
from yilian.domains.transport.vocabulary import Change, Consciousness, EncounterClass, EscortedBy, Mode
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.flow import Ask

ROUTE, LEAVING, SIGNS, TOLD, ARRIVING = (
    _("转运安排"),
    _("出发核对"),
    _("出发时生命体征"),
    _("交接要点"),
    _("到达与签收"),
)
ARRIVAL_SIGNS = _("到达时生命体征")


def this_moment(actor: Actor) -> Any:
    return clock.now()


def _vital_signs(prefix: str, section: Any) -> tuple[Ask, ...]:
    return tuple(
        Ask(f"{prefix}_{name}", title, "int", required=False, minimum=0, maximum=most, section=section)
        for name, title, most in (
            ("pulse", _("脉搏（次/分）"), 300),
            ("respiration", _("呼吸（次/分）"), 120),
            ("systolic", _("收缩压（mmHg）"), 350),
            ("diastolic", _("舒张压（mmHg）"), 250),
            ("oxygen", _("血氧饱和度（%）"), 100),
        )
    )


PATIENT = Ask("patient", _("患者"), "patient", section=ROUTE)
MODE = Ask("mode", _("转运方式"), "choice", choices=Mode.choices, section=ROUTE)
ARRANGEMENT = (
    Ask("escorted_by", _("护送方"), "choice", choices=EscortedBy.choices, section=ROUTE,
        help=_("转入方签收前由护送方对患者负责；急救中心或家属护送的，由转出机构负责。")),
    Ask("escort", _("护送负责人"), max_length=60, required=False, section=ROUTE),
    Ask("escort_phone", _("护送人电话"), max_length=40, required=False, section=ROUTE),
    Ask("vehicle", _("车辆"), max_length=40, required=False, section=ROUTE, help=_("车牌号或车辆编号。")),
    Ask("driver", _("驾驶员及电话"), max_length=60, required=False, section=ROUTE),
    Ask("planned_departure", _("计划出发"), "datetime", section=ROUTE),
    Ask("expected_arrival", _("预计到达"), "datetime", section=ROUTE),
    Ask("requirements", _("途中要求"), "longtext", max_length=500, required=False, rows=2, section=ROUTE),
)  # fmt: skip
FORM = (PATIENT, MODE, *ARRANGEMENT)
CHANGING = (MODE, *ARRANGEMENT)
DEPARTING = (
    Ask("checked", _("出发前核对"), "choices", choices=choices(CHECKS), required=False, section=LEAVING,
        help=_("核对项目为默认清单，待本地核定。")),
    Ask("unchecked_note", _("未备项说明"), max_length=300, required=False, section=LEAVING),
    Ask("items_handed", _("移交物品"), "choices", choices=choices(HANDED), required=False, section=LEAVING),
    Ask("departed_at", _("出发时间"), "datetime", required=False, section=LEAVING, help=_("不填为现在。")),
    Ask("consciousness", _("意识"), "choice", choices=Consciousness.choices, section=SIGNS),
    *_vital_signs("out", SIGNS),
    Ask("situation", _("现状"), "longtext", max_length=500, rows=2, section=TOLD,
        help=_("主要问题与目前情况。")),
    Ask("background", _("背景"), "longtext", max_length=500, required=False, rows=2, section=TOLD,
        help=_("病史、过敏史与已行处置；转诊单上有的不必重复。")),
    Ask("assessment", _("评估"), "longtext", max_length=500, required=False, rows=2, section=TOLD,
        help=_("途中风险与当前判断。")),
    Ask("recommendation", _("建议"), "longtext", max_length=500, required=False, rows=2, section=TOLD,
        help=_("途中观察与到达后须立即处理的事项。")),
)  # fmt: skip
CHANGED = (
    Ask("change", _("变化"), "choice", choices=Change.choices),
    Ask("change_note", _("情况与处置"), "longtext", max_length=500, rows=3),
)
NEW_TIME = Ask("expected_arrival", _("新的预计到达"), "datetime", required=False)
ARRIVED = Ask("arrived_at", _("到达时间"), "datetime", required=False, section=ARRIVING, stands=True,
              help=_("不填为现在。"))  # fmt: skip
ENCOUNTER = (
    Ask("encounter_class", _("就诊类别"), "choice", choices=EncounterClass.choices, required=False, section=ARRIVING,
        stands=True, help=_("签收时一并登记转诊单的到诊，不必再填一次。")),
    Ask("encounter_number", _("门诊号或住院号"), max_length=40, required=False, section=ARRIVING, is_personal=True,
        stands=True),
)  # fmt: skip
SIGNING = (
    *ENCOUNTER,
    Ask("items_received", _("签收物品"), "choices", choices=choices(HANDED), required=False, section=ARRIVING),
    Ask("differences", _("与移交不符之处"), max_length=500, required=False, section=ARRIVING),
    ARRIVED,
    *_vital_signs("in", ARRIVAL_SIGNS),
)
TURNING_BACK = (
    Ask("end_reason", _("折返原因"), "reason", source=reasons.TURN_BACK),
    Ask("turned_back_at", _("折返时间"), "datetime", required=False, help=_("不填为现在。")),
)
ENDING_ELSEWHERE = (
    Ask("other_place", _("实际送达机构"), max_length=120),
    Ask("other_person", _("接手人"), max_length=60),
    Ask("arrived_at", _("交接时间"), "datetime", required=False, help=_("不填为现在。")),
    Ask("end_reason", _("改送原因"), "reason", source=reasons.TURN_BACK),
)
CANCELLING = Ask("end_reason", _("取消原因"), "reason", source=reasons.CANCEL)
CAUSE = Ask("cause", _("缘由"), max_length=120)
"""What the system says when the referral has gone another way."""
