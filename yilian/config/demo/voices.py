"""What members of the city group have to say: opinions answered and waiting, a dispute in mediation, calls for help."""

from datetime import date, timedelta
from typing import Any

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import CITY_GROUP, Founder
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Consortium

DAYS_AGO = 6


def bring_voices(founder: Founder, today: date) -> None:
    """File two opinions, a dispute and two calls for help."""
    group = Consortium.objects.get(name=CITY_GROUP)
    lead, chinese, mother = founder.office[group.lead_id], founder.at("chinese"), founder.at("mother")
    with clock.standing_at(clock.now() - timedelta(days=DAYS_AGO)):
        more = _filed(
            chinese, group, nature="suggestion", subject="增加下沉号源", text="建议专科号源下沉比例再提高一些。"
        )
        _filed(mother, group, nature="supervision", subject="会议材料送达偏晚", text="联席会议材料会前一天才收到。")
        dispute = opened(
            "dispute", chinese, consortium=group.pk, respondent=mother.institution_id, subject="进修名额未兑现",
            claims="补足今年的两个进修名额。", facts="合作约定每年接收两人，今年未接收。",
        )  # fmt: skip
        dispute = taken(taken(dispute, "file", chinese), "accept", lead)
        dispute = taken(dispute, "reply", mother, reply="今年带教力量不足，愿协商。")
        helped = _called(
            chinese, group, channel="platform", trouble="use", subject="不会导出转诊清单",
            contact="医务科 0700-1234001",
        )  # fmt: skip
        taken(helped, "solve", lead, found="use", solution="在列表页右上角选“导出”，导出的是筛选后的内容。")
    taken(more, "answer", lead, adoption="partly", answer="自下月起心内科号源下沉比例提高，其他专科半年后评估。")
    _called(
        lead, group, about=mother.institution_id, channel="phone", trouble="network", priority="2", is_cut_off=True,
        subject="专线中断，平台打不开", contact="信息科值班 0700-1234002",
    )  # fmt: skip
    taken(dispute, "mediate", lead, held_on=today, present="双方医务部主任", record="双方同意先核对带教人数。")


def _filed(by: Actor, group: Consortium, **answers: Any) -> Case:
    return taken(opened("opinion", by, consortium=group.pk, **answers), "file", by)


def _called(by: Actor, group: Consortium, **answers: Any) -> Case:
    began = clock.now() - timedelta(hours=1)
    answers = {"consortium": group.pk, "priority": "3", "began_at": began, **answers}
    return taken(opened("supportcall", by, **answers), "file", by)
