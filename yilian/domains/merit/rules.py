"""What must hold when a merit or penalty is proposed, decided, appealed, published and settled."""

from decimal import Decimal

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.merit.catalogue import GROUNDS, NATURES, PAID, PUNISH, REWARD
from yilian.domains.merit.deciding import competent
from yilian.domains.merit.grounds import FINAL, HEARD, KEPT, RESOLVED
from yilian.domains.merit.models import Measure, Merit, Nature
from yilian.domains.merit.parameters import MOST
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.answers import Answers
from yilian.registry.consortia import members_of
from yilian.registry.resolutions import under_way


@rule(_("奖惩由医联体成员单位提出，对象是成员单位或其在职人员"), cite=(REWARD, PUNISH))
def members_are_concerned(merit: Merit) -> Verdict:
    rows = members_of(merit.consortium_id, clock.today()) if merit.consortium_id else []
    members = {row.institution_id for row in rows}
    if merit.proposer_id not in members:
        return Verdict(False, now("提出单位不是该医联体的成员"))
    if merit.target_id is not None and merit.target_id not in members:
        return Verdict(False, now("{name}不是该医联体的成员").format(name=merit.target))
    person = merit.person
    belongs = person is None or (person.institution_id == merit.target_id and person.ended_on is None)
    return Verdict(belongs, now("{name}不是该单位的在职人员").format(name=person or ""))


@rule(_("应有牵头单位办理；惩罚牵头单位的由主管部门办理"), cite=(HEARD, PUNISH))
def somebody_examines(merit: Merit) -> bool:
    return merit.office_id is not None


@rule(_("事由应与所选的奖惩措施相符"), cite=(KEPT, REWARD, PUNISH))
def ground_fits_the_measure(merit: Merit) -> bool:
    ground = GROUNDS.get(merit.ground)
    return ground is None or not merit.measure or ground.nature == NATURES[Measure(merit.measure)]


@rule(_("金额大于零，精确到分，不超过规定的最高金额"), cite=KEPT)
def amount_is_in_bounds(merit: Merit) -> Verdict:
    if merit.measure not in PAID or merit.amount is None:
        return Verdict(True)
    most = Decimal(value_of(MOST[Measure(merit.measure)], consortium_id=merit.consortium_id))
    fits = 0 < merit.amount <= most and merit.amount == round(merit.amount, 2)
    return Verdict(fits, now("最高 {most} 元").format(most=f"{most:,}"))


def _did(merit: Merit, *verbs: str) -> set[int | None]:
    return set(merit.history.filter(verb__in=verbs).values_list("actor_id", flat=True))


@rule(_("审查、决定不由提出人办理"), cite=HEARD)
def actor_did_not_propose(merit: Merit, actor: Actor) -> bool:
    return actor.is_system or actor.user_id not in _did(merit, "propose")


@rule(_("申诉由原审查人、决定人以外的人决定"), cite=HEARD)
def actor_did_not_decide(merit: Merit, actor: Actor) -> bool:
    return actor.is_system or actor.user_id not in _did(merit, "propose", "hear", "impose")


@rule(_("惩罚决定前应听取当事单位的陈述申辩"), cite=(HEARD, PUNISH))
def is_penalty(merit: Merit) -> bool:
    return merit.nature == Nature.PENALTY


@rule(_("奖励经审查后直接提请决定；惩罚应先听取陈述申辩"), cite=(HEARD, REWARD))
def is_merit(merit: Merit) -> bool:
    return merit.nature == Nature.MERIT


@rule(_("有权决定的机构在位的，由其决议"), cite=RESOLVED)
def no_body_decides(merit: Merit, actor: Actor) -> Verdict:
    sitting = None if actor.is_system else competent(merit)
    return Verdict(sitting is None, now("请提请{name}审议").format(name=sitting.name if sitting else ""))


@rule(_("提请审议需有在位的机构；申诉由原决定机构以外的机构审议"), cite=(RESOLVED, HEARD))
def a_body_decides(merit: Merit) -> Verdict:
    return Verdict(competent(merit) is not None, now("没有在位的机构，由领导决定"))


@rule(_("同一事项不重复提请审议"), cite=RESOLVED)
def is_not_put_yet(merit: Merit) -> Verdict:
    number = under_way(merit)
    return Verdict(not number, now("议案 {number} 正在办理").format(number=number))


@rule(_("有款项的公布后办理结清"), cite=FINAL)
def has_an_amount(merit: Merit) -> bool:
    return bool(merit.amount) and merit.measure in PAID


@rule(_("没有款项的公布即可"), cite=FINAL)
def has_no_amount(merit: Merit) -> bool:
    return not merit.amount or merit.measure not in PAID


@rule(_("结清日期不晚于今天，不早于公布日期"), cite=KEPT)
def day_of_payment_has_come(merit: Merit, answers: Answers) -> bool:
    day = answers.get("paid_on")
    return day is None or ((merit.published_on or day) <= day <= clock.today())


PROPOSING = (members_are_concerned, somebody_examines, ground_fits_the_measure, amount_is_in_bounds)
