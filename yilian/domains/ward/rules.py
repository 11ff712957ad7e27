"""What must hold of a shared ward, a round and a note."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.ward import facts
from yilian.domains.ward.grounds import TOGETHER
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.regulations import S4

ROUNDS_TOGETHER = S4.article("3.2.5")


@rule(gettext_lazy("共管机构应是另一家机构"), cite=ROUNDS_TOGETHER)
def visitor_is_another(ward) -> bool:
    return ward.visitor_id != ward.host_id


@rule(gettext_lazy("双方应属同一医联体"), cite=ROUNDS_TOGETHER)
def both_are_of_one_consortium(ward) -> bool:
    return ward.visitor_id is None or facts.consortium_of(ward) is not None


@rule(gettext_lazy("请逐个写明床位，如“1床 2床”"), cite=TOGETHER)
def beds_are_named(ward) -> bool:
    return bool(ward.bed_names)


@rule(gettext_lazy("止日不早于起日，也不早于今天"), cite=TOGETHER)
def days_run_forward(ward) -> bool:
    if ward.since_on is None or ward.until_on is None:
        return True
    return ward.since_on <= ward.until_on and ward.until_on >= facts.today()


@rule(gettext_lazy("负责人应属于其机构"), cite=TOGETHER)
def heads_belong_to_their_sides(ward, answers) -> bool:
    sides = ((ward.host_head_id, ward.host_id), (ward.visitor_head_id, ward.visitor_id))
    return all(not head or facts.institution_of_practitioner(head) == place for head, place in sides)


@rule(gettext_lazy("科室应属于其机构"), cite=TOGETHER)
def departments_belong_to_their_sides(ward) -> bool:
    sides = ((ward.host_department_id, ward.host_id), (ward.visitor_department_id, ward.visitor_id))
    return all(not key or facts.department_institution(key) == place for key, place in sides)


@rule(gettext_lazy("尚有未结束的联合查房，请先登记、取消或小结"), cite=TOGETHER)
def rounds_are_settled(ward) -> Verdict:
    numbers = facts.open_rounds(ward)
    return Verdict(not numbers, _("、").join(numbers))


@rule(gettext_lazy("查房时间应在延伸病房合作期内"), cite=TOGETHER)
def round_lies_in_the_term(ward, answers) -> bool:
    at = answers.get("planned_at")
    return at is None or facts.is_in_force(ward, facts.day_of(at))


@rule(gettext_lazy("约定时间应在将来"), cite=TOGETHER)
def round_lies_ahead(case, answers, at) -> bool:
    planned = answers.get("planned_at")
    return planned is None or planned > at


@rule(gettext_lazy("查房时间不能在将来"), cite=TOGETHER)
def round_is_past(ward_round, at) -> bool:
    return ward_round.held_at is None or ward_round.held_at <= at


@rule(gettext_lazy("床位应是延伸病房登记的床位"), cite=TOGETHER)
def bed_is_shared(ward_round, answers) -> Verdict:
    bed = answers.get("bed")
    ward = facts.ward_of(ward_round) if bed else None
    if ward is None or bed in ward.bed_names:
        return Verdict(True)
    return Verdict(False, _("登记的床位：{beds}").format(beds=_("、").join(ward.bed_names)))


@rule(gettext_lazy("该患者已在本次查房名单中"), cite=TOGETHER)
def patient_is_listed_once(ward_round, answers) -> bool:
    patient = answers.get("inpatient")
    return not patient or not facts.is_noted(ward_round, patient)


@rule(gettext_lazy("名单上的患者应都已记录或注明未查"), cite=ROUNDS_TOGETHER)
def notes_are_settled(ward_round, asked) -> Verdict:
    beds = facts.open_notes(ward_round) if asked else []
    return Verdict(not beds, _("、").join(beds))


@rule(gettext_lazy("查房记录随联合查房办理，请从联合查房添加患者"), cite=TOGETHER)
def round_is_named(note) -> bool:
    return note.round_case_id is not None
