"""What must hold before a referral may take a step: destination, problem, appointment, feedback."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral import facts
from yilian.domains.referral.approval import approval_of
from yilian.domains.referral.grounds import APPROVING, INSIDE_FIRST, ONE_OPEN, TABLE
from yilian.domains.referral.vocabulary import Approval, Direction, Outcome
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.regulations import S0, S2, S4


@rule(gettext_lazy("转入机构应是另一家机构"), cite=S4.article("7.3.2"))
def receiver_is_another(referral) -> bool:
    return referral.is_outside or referral.receiver_id != referral.sender_id


@rule(gettext_lazy("转入机构应在执业中"), cite=S0.article("范本一 3.1"))
def receiver_still_exists(referral) -> Verdict:
    if referral.is_outside or referral.receiver is None:
        return Verdict(True)
    ended = referral.receiver.ended_on
    detail = _("{name}已于 {day} 终止").format(name=referral.receiver, day=ended) if ended else ""
    return Verdict(ended is None or ended >= clock.today(), detail)


@rule(gettext_lazy("转入科室应属于转入机构"), cite=TABLE)
def department_is_the_receivers(referral, answers) -> bool:
    if referral.receiver_department_id is None or referral.is_outside:
        return True
    if "receiver" in answers.given and "receiver_department" not in answers.given:
        return True  # a new receiver without a department: the old department is taken away with the old receiver
    department = facts.department_of(referral.receiver_department_id)
    return department is not None and department.institution_id == referral.receiver_id


@rule(
    gettext_lazy("转往本医疗集团、医共体外的机构前，应先与对方对接并记录联系人、时间和情况"),
    cite=(INSIDE_FIRST, S4.article("7.3.2")),
)
def own_consortium_comes_first(referral) -> bool:
    if facts.is_among_ones_own(referral):
        return True
    noted = referral.outside_contact and referral.outside_contact_note
    return bool(noted and referral.outside_contact_at and referral.outside_contact_at <= clock.now())


@rule(gettext_lazy("转诊方向应与两家机构的等级相符"), cite=(S4.article("2"), S2.article("1.2.2")))
def direction_fits_the_grades(referral) -> Verdict:
    """Lateral is between equals. A specialised hospital without a grade is nobody's better or worse: that passes.

    Sent on to the next place, a lateral referral keeps its direction, whatever grade that place has.
    """
    if referral.is_outside or referral.receiver is None:
        return Verdict(True)
    here, there = referral.sender.tier, referral.receiver.tier
    if here is None or there is None:
        return Verdict(True)
    wrong = {
        Direction.UP: there < here, Direction.DOWN: there > here,
        Direction.LATERAL: there != here and referral.sent_at is None,
    }.get(referral.direction, False)  # fmt: skip
    if not wrong:
        return Verdict(True)
    fitting = Direction.LATERAL if there == here else Direction.UP if there > here else Direction.DOWN
    said = _("转出机构{here}级，转入机构{there}级，应选“{direction}”")
    return Verdict(False, said.format(here=here, there=there, direction=fitting.label))


@rule(gettext_lazy("转往平台内机构请用“发出”"), cite=INSIDE_FIRST)
def destination_is_outside(referral) -> bool:
    return referral.is_outside


@rule(gettext_lazy("转往平台外机构请用“开具网外转诊单”"), cite=INSIDE_FIRST)
def destination_is_inside(referral) -> bool:
    return not referral.is_outside


@rule(gettext_lazy("患者在世"), cite=TABLE)
def patient_is_alive(referral) -> bool | None:
    return None if referral.patient is None else not referral.patient.is_deceased


@rule(gettext_lazy("转诊原因应从目录中选择"), cite=TABLE)
def reason_is_coded(referral) -> bool:
    return bool(referral.down_reason if referral.is_down else referral.up_reason)


@rule(gettext_lazy("原因选“其他”时应写明原因说明"), cite=TABLE)
def reason_is_explained(referral) -> bool:
    code = referral.down_reason if referral.is_down else referral.up_reason
    return code != "other" or bool(referral.reason_note.strip())


@rule(gettext_lazy("下转应写明下一步治疗方案及康复建议"), cite=S4.article("3.2.5"))
def plan_is_written(referral) -> bool:
    return not referral.is_down or bool(referral.care_plan.strip())


@rule(gettext_lazy("首次随访日期不早于今天"), cite=S4.article("3.2.5"))
def followup_lies_ahead(referral) -> bool:
    return not referral.is_down or referral.followup_on is None or referral.followup_on >= clock.today()


@rule(gettext_lazy("同一患者的同一问题已有一张未结束的转诊单"), cite=ONE_OPEN)
def problem_is_free(referral) -> Verdict:
    other = facts.same_problem(referral)
    if other is None:
        return Verdict(True)
    detail = _("{number}（{state}），请在该单上改转、撤回或等待办结")
    return Verdict(False, detail.format(number=other.number, state=other.state_title))


@rule(gettext_lazy("患者另有未结束的转诊单，请核对后勾选“不是同一问题”"), cite=ONE_OPEN)
def duplicates_are_ruled_out(referral) -> Verdict:
    if referral.is_no_duplicate:
        return Verdict(True)
    others = [other for other in facts.other_open(referral) if other.problem != referral.problem]
    detail = _("、").join(f"{other.number} {other.title}" for other in others)
    return Verdict(not others, detail)


@rule(gettext_lazy("本机构要求转出先经院内审核，请用“提交院内审核”"), cite=S4.article("6.2.4"))
def approval_is_not_needed(referral) -> bool:
    return not facts.needs_approval(referral)


@rule(gettext_lazy("本机构转出不须院内审核，请直接发出"), cite=S4.article("6.2.4"))
def approval_is_needed(referral) -> bool:
    return facts.needs_approval(referral)


@rule(gettext_lazy("本单先由科主任审核，请用“提交科主任审核”"), cite=APPROVING)
def office_comes_first(referral) -> bool:
    return approval_of(referral) not in (Approval.HEAD, Approval.BOTH)


@rule(gettext_lazy("本单由转诊职能部门审核，请用“提交院内审核”"), cite=APPROVING)
def head_comes_first(referral) -> bool:
    return approval_of(referral) != Approval.OFFICE


@rule(gettext_lazy("按提交时的设置，科主任审核后还须转诊职能部门审核"), cite=APPROVING)
def head_decides_alone(referral) -> bool:
    return referral.approval_route == Approval.HEAD


@rule(gettext_lazy("按提交时的设置，科主任审核通过即可发出"), cite=APPROVING)
def office_follows(referral) -> bool:
    return referral.approval_route == Approval.BOTH


@rule(gettext_lazy("由转出科室的科主任审核"), cite=APPROVING)
def head_is_of_the_department(referral, actor) -> bool:
    """A head whose own department is not on record may approve for any; a director stands in for every head."""
    is_bound = referral.sender_department_id and not actor.may("director")
    own = facts.head_of_which(actor) if is_bound else None
    return own is None or own == referral.sender_department_id


@rule(gettext_lazy("该机构已拒收过本单，请改选其他机构"), cite=TABLE)
def receiver_has_not_refused(referral) -> bool:
    return referral.is_outside or referral.receiver_id not in referral.refused_by


@rule(gettext_lazy("请选择与原转入机构不同的机构"), cite=TABLE)
def receiver_is_new(referral, asked) -> bool:
    return not asked or referral.is_outside or referral.receiver_id != facts.receives_now(referral)


@rule(gettext_lazy("此拒收原因须写明建议去向"), cite=S4.article("3.2.5"))
def next_place_is_named(referral, answers, note, asked) -> bool:
    reason = facts.decline_reason(answers.get("decline_reason")) if asked else None
    return reason is None or not reason.suggests_next or bool(referral.suggested_next_id or note.strip())


@rule(gettext_lazy("预约时间应在将来，且结束晚于开始"), cite=TABLE)
def appointment_lies_ahead(referral, asked) -> bool:
    if not asked:
        return True
    start, end = referral.appointment_start, referral.appointment_end
    return bool(start and end and clock.now() <= start < end)


@rule(gettext_lazy("到诊时间不能在将来，也不能早于发出时间"), cite=TABLE)
def arrival_is_past(referral, asked) -> Verdict:
    """Forms say the minute, so minutes are compared; an emergency may arrive before anybody has written anything."""
    if not asked or referral.arrived_at is None:
        return Verdict(True)
    arrived, sent = _minute(referral.arrived_at), _minute(referral.sent_at or referral.arrived_at)
    if not referral.is_emergency:
        return Verdict(sent <= arrived <= clock.now())
    hours = facts.hours_before_sending(referral)
    detail = _("急诊先到诊后发单的，到诊最多可早于发出 {hours} 小时").format(hours=f"{hours:g}")
    return Verdict(sent - timedelta(hours=hours) <= arrived <= clock.now(), detail)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


@rule(gettext_lazy("只有急诊绿色通道的患者可以先到诊后接收"), cite=S4.article("3.2.6"))
def is_an_emergency(referral) -> bool:
    return referral.is_emergency


@rule(gettext_lazy("只有下转的患者进入接续治疗"), cite=S4.article("3.2.5"))
def is_a_return(referral) -> bool:
    return referral.is_down


@rule(gettext_lazy("办结前应写明诊断结果、治疗经过和后续方案，交给转出方"), cite=S4.article("3.2.5"))
def feedback_is_written(referral, asked) -> bool:
    written = (referral.discharge_summary, referral.treatment_given, referral.next_plan)
    return not asked or all(text.strip() for text in written)


@rule(gettext_lazy("办结前应完成或取消随访任务"), cite=S4.article("3.2.5"))
def followups_are_settled(referral, answers) -> Verdict:
    if answers.get("outcome") == Outcome.DIED:
        return Verdict(True)  # the tasks end with the patient
    numbers = list(facts.open_followups(referral))
    return Verdict(not numbers, _("、").join(numbers))


@rule(gettext_lazy("恢复到“已接收待安排”须是接收后暂停的单据"), cite=TABLE)
def was_accepted(referral) -> bool:
    return referral.accepted_at is not None


@rule(gettext_lazy("恢复到“已提交”须是尚未接收即暂停的单据"), cite=TABLE)
def was_not_accepted(referral) -> bool:
    return referral.accepted_at is None


@rule(gettext_lazy("本单已有未结束的下转单"), cite=ONE_OPEN)
def no_return_is_open(referral) -> Verdict:
    other = facts.open_return(referral)
    return Verdict(other is None, other.number if other else "")


@rule(gettext_lazy("只有上转或平转的单据可以回转"), cite=S4.article("7.3.2"))
def came_from_elsewhere(referral) -> bool:
    return not referral.is_down


@rule(gettext_lazy("下转单应由原转入机构为同一患者开具"), cite=TABLE)
def origin_fits(referral) -> bool:
    origin = referral.origin
    return origin is None or (origin.receiver_id == referral.sender_id and origin.patient_id == referral.patient_id)
