"""Merits and penalties of the city group: a commendation that was published, and a fine on which a member is heard."""

from datetime import timedelta

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import Founder
from yilian.config.demo.cooperating import Leading
from yilian.kernel import clock

PROPOSED_DAYS_AGO = 30


def bring_merits(founder: Founder, leading: Leading) -> None:
    """Commend one member by resolution; let another state its case."""
    mother, chinese, lead = founder.at("mother"), founder.at("chinese"), leading.lead
    with clock.standing_at(clock.now() - timedelta(days=PROPOSED_DAYS_AGO)):
        case = opened(
            "merit", mother, consortium=leading.group.pk, target=chinese.institution_id, measure="commend",
            ground="outstanding", facts="牵头开展中医适宜技术下沉，全年派驻满勤。",
        )  # fmt: skip
        case = leading.resolve(taken(taken(case, "propose", mother), "pass_on", lead))
        taken(case, "publish", lead)
    with clock.standing_at(clock.now() - timedelta(days=3)):
        fine = opened(
            "merit", chinese, consortium=leading.group.pk, target=founder.at("xiling").institution_id, measure="fine",
            ground="refusal", amount="2000", facts="连续两个季度未按领导小组决定上报转诊数据，经催办仍未上报。",
        )  # fmt: skip
        taken(taken(fine, "propose", chinese), "hear", lead)
