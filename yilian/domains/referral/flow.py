"""The table of steps of a referral (docs/adr/0040): who takes it from where to where, asked what, under which rules."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral import asks, effects, offers, parameters, rules
from yilian.domains.referral import effects_of_consent as signing
from yilian.domains.referral import effects_of_emergency as emergency
from yilian.domains.referral import effects_of_ending as ending
from yilian.domains.referral import rules_of_consent as consent
from yilian.domains.referral import rules_of_death as death
from yilian.domains.referral import rules_of_reopening as reopening
from yilian.domains.referral.form import FORM
from yilian.domains.referral.green import rules as green
from yilian.domains.referral.green.asks import TIMES
from yilian.domains.referral.vocabulary import FINALS, ConsentChoice, Destination
from yilian.domains.referral.vocabulary import State as S
from yilian.kernel.workflow.flow import CLOCK, STAY, Deadline, Flow, Party, Step
from yilian.registry.regulations import S4

SENDER = Party("sender", "doctor", "reception")
SENDING_DOCTOR = Party("sender", "doctor")
APPROVER = Party("sender", "reception", "director")
HEAD = Party("sender", "head", "director")
RECEIVER = Party("receiver", "reception", "doctor")
RECEIVING_DOCTOR = Party("receiver", "doctor")
BOTH = (SENDER, RECEIVER)

TELL_SENDER, TELL_RECEIVER, TELL_BOTH = ("sender",), ("receiver",), ("sender", "receiver")
TO_BE_ANSWERED = (S.SUBMITTED, S.RECEIVED)
ARRANGING = (S.ACCEPTED, S.TIME_PROPOSED, S.SCHEDULED)
TREATING = (S.IN_TREATMENT, S.INTERIM_REPORTED)
WAITING_FOR_ANSWER = (*TO_BE_ANSWERED, S.AWAITING_INFORMATION)
UNDER_WAY = (*WAITING_FOR_ANSWER, *ARRANGING)

GOOD = (
    rules.patient_is_alive, rules.reason_is_coded, rules.reason_is_explained, rules.plan_is_written,
    rules.followup_lies_ahead, rules.origin_fits, *consent.CONSENTED,
    rules.problem_is_free, rules.duplicates_are_ruled_out,
)  # fmt: skip
DESTINATION = (
    rules.receiver_is_another, rules.receiver_still_exists, rules.department_is_the_receivers,
    rules.direction_fits_the_grades, rules.own_consortium_comes_first,
)  # fmt: skip
SENDING = (rules.destination_is_inside, *DESTINATION, *GOOD)
SENDING_OUTSIDE = (rules.destination_is_outside, rules.own_consortium_comes_first, *GOOD)
NEXT_PLACE = (rules.receiver_has_not_refused, rules.receiver_is_new, *DESTINATION)

TO_ANOTHER = effects.NOTHING_ARRANGED | {
    "destination": Destination.NETWORK, "outside_institution": "", "receiver_department_id": None,
    "receiver_doctor_id": None,
}  # fmt: skip
TO_OUTSIDE = TO_ANOTHER | {"destination": Destination.OUTSIDE, "receiver_id": None}

WRITING = (
    Step("edit", _("修改"), S.DRAFT, S.DRAFT, SENDER, asks=FORM, duty=False, tell=()),
    Step("send", _("发出"), S.DRAFT, S.SUBMITTED, SENDER, needs=(rules.approval_is_not_needed, *SENDING),
         notes=(effects.start_clocks, emergency.mark_mode), then=(effects.owe_consent, emergency.owe_approval),
         style="primary", completes=True, convenes=True, offered=offers.to_the_network, cite=S4.article("7.3.2")),
    Step("send_outside", _("开具网外转诊单"), S.DRAFT, S.OUTSIDE, SENDER,
         needs=(rules.approval_is_not_needed, *SENDING_OUTSIDE), notes=(effects.start_clocks,),
         then=(effects.owe_consent, emergency.owe_approval), duty=False, completes=True, convenes=True,
         offered=offers.to_the_outside,
         help=_("对方不在平台内：打印带二维码的转诊单交患者，结果由本机构登记。")),
    Step("submit_for_approval", _("提交院内审核"), S.DRAFT, S.AWAITING_APPROVAL, SENDER,
         needs=(rules.approval_is_needed, rules.office_comes_first, rules.own_consortium_comes_first, *GOOD),
         notes=(effects.note_route,), duty=False, completes=True, offered=offers.to_approval,
         cite=S4.article("6.2.4")),
    Step("submit_to_head", _("提交科主任审核"), S.DRAFT, S.AWAITING_HEAD, SENDER,
         needs=(rules.approval_is_needed, rules.head_comes_first, rules.own_consortium_comes_first, *GOOD),
         notes=(effects.note_route,), duty=False, completes=True, offered=offers.to_head,
         cite=S4.article("6.2.4")),
    Step("discard", _("作废草稿"), S.DRAFT, S.WITHDRAWN, SENDER, duty=False, style="danger",
         confirm=_("草稿作废后不能恢复。")),
    Step("approve", _("审核通过并发出"), S.AWAITING_APPROVAL, S.SUBMITTED, APPROVER, needs=SENDING,
         asks=(asks.APPROVAL,), notes=(effects.note_approval, effects.start_clocks), then=(effects.owe_consent,),
         style="primary", convenes=True, cite=S4.article("6.2.4")),
    Step("approve_outside", _("审核通过并转网外"), S.AWAITING_APPROVAL, S.OUTSIDE, APPROVER, needs=SENDING_OUTSIDE,
         asks=(asks.APPROVAL,), notes=(effects.note_approval, effects.start_clocks), then=(effects.owe_consent,),
         convenes=True),
    Step("agree_as_head", _("科主任同意，报院内审核"), S.AWAITING_HEAD, S.AWAITING_APPROVAL, HEAD,
         needs=(rules.office_follows, rules.head_is_of_the_department), asks=(asks.HEAD_NOTE,),
         notes=(effects.note_head,), style="primary", cite=S4.article("6.2.4")),
    Step("approve_as_head", _("科主任审核通过并发出"), S.AWAITING_HEAD, S.SUBMITTED, HEAD,
         needs=(rules.head_decides_alone, rules.head_is_of_the_department, *SENDING), asks=(asks.APPROVAL,),
         notes=(effects.note_head, effects.note_approval, effects.start_clocks), then=(effects.owe_consent,),
         style="primary", convenes=True, cite=S4.article("6.2.4")),
    Step("approve_outside_as_head", _("科主任审核通过并转网外"), S.AWAITING_HEAD, S.OUTSIDE, HEAD,
         needs=(rules.head_decides_alone, rules.head_is_of_the_department, *SENDING_OUTSIDE),
         asks=(asks.APPROVAL,), notes=(effects.note_head, effects.note_approval, effects.start_clocks),
         then=(effects.owe_consent,), duty=False, convenes=True),
    Step("return_as_head", _("退回修改"), S.AWAITING_HEAD, S.DRAFT, HEAD, asks=(asks.RETURN_REASON,)),
    Step("return_to_draft", _("退回修改"), S.AWAITING_APPROVAL, S.DRAFT, APPROVER, asks=(asks.RETURN_REASON,)),
    Step("recall", _("收回修改"), (S.AWAITING_HEAD, S.AWAITING_APPROVAL), S.DRAFT, SENDING_DOCTOR, duty=False),
)  # fmt: skip

ANSWERING = (
    Step("receive", _("签收"), S.SUBMITTED, S.RECEIVED, RECEIVER, notes=(effects.note_receipt,),
         help=_("表示已看到本单，尚未同意接收。"), tell=()),
    Step("accept", _("接收"), TO_BE_ANSWERED, S.ACCEPTED, RECEIVER, asks=asks.ACCEPTING, style="primary",
         needs=(rules.department_is_the_receivers, rules.receiver_still_exists), cite=S4.article("3.2.5"),
         notes=(effects.note_acceptance, effects.drop_reason), then=(effects.plan_followup,), tell=TELL_SENDER),
    Step("decline", _("拒收"), (*TO_BE_ANSWERED, *ARRANGING), S.DECLINED, RECEIVER, asks=asks.DECLINING,
         needs=(rules.next_place_is_named,), notes=(effects.note_refusal, effects.keep_reason), duty=False,
         style="danger", cite=S4.article("3.2.5")),
    Step("ask_information", _("要求补充资料"), TO_BE_ANSWERED, S.AWAITING_INFORMATION, RECEIVER,
         asks=asks.INFORMATION, notes=(effects.note_receipt, effects.keep_reason), duty=False,
         cite=S4.article("3.2.5")),
    Step("answer_information", _("补充资料"), S.AWAITING_INFORMATION, S.RECEIVED, SENDER,
         asks=(asks.INFORMATION_GIVEN,), notes=(effects.drop_reason,), style="primary", cite=S4.article("3.2.5")),
    Step("admit_emergency", _("急诊先行到诊"), WAITING_FOR_ANSWER, S.ARRIVED, RECEIVER,
         asks=asks.ARRIVAL, needs=(rules.is_an_emergency, rules.arrival_is_past), duty=False,
         notes=(effects.note_acceptance, effects.drop_reason, effects.note_arrival),
         then=(effects.plan_followup, ending.note_admission, emergency.note_door),
         cite=S4.article("3.2.6"), tell=TELL_SENDER),
)  # fmt: skip

REDIRECTING: dict[str, Any] = {
    "asks": (*asks.NEW_RECEIVER, asks.REDIRECT_REASON, *asks.CONTACT, asks.AGREED_AGAIN),
    "needs": (*NEXT_PLACE, consent.patient_agrees_to_the_next_place),
    "sets": TO_ANOTHER,
    "convenes": True,
    "notes": (effects.keep_reason, effects.start_clocks),
    "then": (effects.owe_consent,),
    "tell": ("receiver", "former"),
    "help": _("单号不变，原转入机构保留查阅。"),
}
ROUTING = (
    Step("redirect", _("改转其他机构"), S.DECLINED, S.SUBMITTED, SENDER, style="primary", **REDIRECTING),
    Step("reroute", _("改转其他机构"), WAITING_FOR_ANSWER, S.SUBMITTED, SENDER, duty=False, **REDIRECTING),
    Step("redirect_outside", _("改转平台外机构"), (*WAITING_FOR_ANSWER, S.DECLINED), S.OUTSIDE,
         SENDER, asks=(asks.NEW_OUTSIDE, asks.REDIRECT_REASON, *asks.CONTACT, asks.AGREED_AGAIN), sets=TO_OUTSIDE,
         needs=(rules.own_consortium_comes_first, consent.patient_agrees_to_the_next_place), duty=False,
         convenes=True, notes=(effects.keep_reason, effects.start_clocks), then=(effects.owe_consent,),
         tell=("former",)),
    Step("refer_onward", _("转往另一机构"), (S.RECEIVED, *ARRANGING, S.ARRIVED, *TREATING), S.SUBMITTED, RECEIVER,
         duty=False, **REDIRECTING | {
             "sets": TO_ANOTHER | {"arrived_at": None, "encounter_class": "", "encounter_number": ""},
             "tell": ("sender", "receiver"), "help": _("单号不变，本机构保留查阅。")}),
    Step("abandon", _("终止转诊"), S.DECLINED, S.ABANDONED, SENDER, asks=(asks.CANCEL_REASON,),
         notes=(effects.keep_reason,), then=(ending.heed_reason,), tell=()),
)  # fmt: skip

MAKING_APPOINTMENTS = (
    Step("schedule", _("安排就诊"), S.ACCEPTED, S.SCHEDULED, RECEIVER, asks=asks.APPOINTMENT, style="primary",
         needs=(rules.appointment_lies_ahead,), cite=S4.article("3.2.5"), tell=TELL_SENDER),
    Step("propose_time", _("建议时间"), S.ACCEPTED, S.TIME_PROPOSED, RECEIVER, asks=asks.APPOINTMENT, duty=False,
         needs=(rules.appointment_lies_ahead,)),
    Step("confirm_time", _("确认时间"), S.TIME_PROPOSED, S.SCHEDULED, SENDER, style="primary",
         needs=(rules.appointment_lies_ahead,), tell=TELL_RECEIVER),
    Step("refuse_time", _("时间不合适"), S.TIME_PROPOSED, S.ACCEPTED, SENDER, asks=(asks.WISH,),
         notes=(effects.take_proposed_time,)),
    Step("reschedule", _("改期"), S.SCHEDULED, STAY, RECEIVER, asks=asks.APPOINTMENT, duty=False,
         needs=(rules.appointment_lies_ahead,), tell=TELL_SENDER),
    Step("report_no_show", _("登记爽约"), S.SCHEDULED, S.NO_SHOW, RECEIVER, asks=(asks.NO_SHOW_REASON,), duty=False,
         notes=(effects.keep_reason,), tell=TELL_SENDER),
    Step("rebook", _("重新安排"), S.NO_SHOW, S.ACCEPTED, BOTH, asks=(asks.WISH,), style="primary",
         notes=(effects.take_proposed_time, effects.drop_reason), tell=TELL_BOTH),
    Step("close_no_show", _("按未到诊终止"), S.NO_SHOW, S.UNATTENDED, BOTH, asks=(asks.NO_SHOW_REASON,),
         notes=(effects.keep_reason,), then=(ending.heed_reason,), tell=TELL_BOTH),
    Step("hold", _("暂停转运"), (*TO_BE_ANSWERED, *ARRANGING), S.ON_HOLD, BOTH, asks=(asks.HOLD_REASON,), duty=False,
         notes=(effects.keep_reason, effects.take_proposed_time), tell=TELL_BOTH),
    Step("resume", _("恢复转运"), S.ON_HOLD, S.ACCEPTED, BOTH, needs=(rules.was_accepted,),
         notes=(effects.drop_reason,), tell=TELL_BOTH),
    Step("resume_unanswered", _("恢复并等待答复"), S.ON_HOLD, S.SUBMITTED, BOTH, needs=(rules.was_not_accepted,),
         notes=(effects.drop_reason, effects.restart_answer_clock), tell=TELL_BOTH),
)  # fmt: skip

TREATMENT = (
    Step("arrive", _("登记到诊"), (S.ACCEPTED, S.SCHEDULED, S.NO_SHOW), S.ARRIVED, RECEIVER, asks=asks.ARRIVAL,
         needs=(rules.arrival_is_past,), notes=(effects.note_arrival, effects.drop_reason),
         then=(ending.note_admission, emergency.note_door), style="primary",
         tell=TELL_SENDER),
    Step("treat", _("开始诊治"), S.ARRIVED, S.IN_TREATMENT, RECEIVER, style="primary", tell=()),
    Step("report_interim", _("阶段反馈"), TREATING, S.INTERIM_REPORTED, RECEIVING_DOCTOR, asks=(asks.INTERIM,),
         duty=False, cite=S4.article("3.2.5"), tell=TELL_SENDER),
    Step("discharge", _("诊疗结束"), TREATING, S.AWAITING_FEEDBACK, RECEIVER, tell=()),
    Step("complete", _("反馈并办结"), (S.ARRIVED, *TREATING, S.AWAITING_FEEDBACK), S.COMPLETED, RECEIVING_DOCTOR,
         asks=asks.FEEDBACK, needs=(rules.feedback_is_written, rules.followups_are_settled, death.death_is_past),
         notes=(effects.note_feedback,),
         then=(ending.note_outcome,), style="primary",
         tell=TELL_SENDER, cite=S4.article("3.2.5")),
    Step("start_followup", _("开始接续治疗"), S.ARRIVED, S.IN_FOLLOWUP, RECEIVER, needs=(rules.is_a_return,),
         duty=False, cite=S4.article("3.2.5"), tell=()),
    Step("finish_followup", _("接续治疗完成"), S.IN_FOLLOWUP, S.COMPLETED, RECEIVING_DOCTOR,
         asks=asks.FOLLOWUP_FEEDBACK, needs=(rules.followups_are_settled, death.death_is_past),
         notes=(effects.note_feedback,), then=(ending.note_outcome,),
         style="primary", tell=TELL_SENDER),
    Step("refer_back", _("拟下转单"), (S.ARRIVED, *TREATING, S.AWAITING_FEEDBACK, S.COMPLETED), STAY,
         RECEIVING_DOCTOR, needs=(rules.came_from_elsewhere, rules.no_return_is_open),
         then=(effects.draft_return,), duty=False, tell=(), cite=S4.article("7.3.2"),
         help=_("按本单内容生成转回原机构的下转单草稿，补充后发出。")),
)  # fmt: skip

ENDING = (
    Step("withdraw", _("撤回"), (*UNDER_WAY, S.ON_HOLD, S.OUTSIDE), S.WITHDRAWN, SENDER, asks=(asks.CANCEL_REASON,),
         notes=(effects.keep_reason,), then=(ending.heed_reason,), duty=False, style="danger", tell=TELL_RECEIVER),
    Step("ask_cancellation", _("请求撤销"), (S.ARRIVED, *TREATING), S.CANCELLATION_ASKED, SENDER,
         asks=(asks.CANCEL_REASON,), notes=(effects.keep_reason,), duty=False, style="danger",
         help=_("患者已到诊，撤销须转入机构同意。")),
    Step("agree_cancellation", _("同意撤销"), S.CANCELLATION_ASKED, S.WITHDRAWN, RECEIVER, tell=TELL_SENDER),
    Step("refuse_cancellation", _("不同意，继续诊治"), S.CANCELLATION_ASKED, S.IN_TREATMENT, RECEIVER,
         asks=(asks.REFUSAL_OF_CANCELLATION,), notes=(effects.drop_reason,), tell=TELL_SENDER),
    Step("fail", _("登记未能完成"), (*ARRANGING, S.NO_SHOW, S.ON_HOLD, S.ARRIVED, *TREATING, S.AWAITING_FEEDBACK,
         S.IN_FOLLOWUP, S.OUTSIDE), S.FAILED, BOTH, asks=asks.FAILING, needs=(death.death_is_past,),
         notes=(effects.keep_reason,), then=(ending.heed_reason,),
         duty=False, style="danger", tell=TELL_BOTH),
    Step("mark_error", _("标为误录"), (*UNDER_WAY, S.DECLINED, S.ON_HOLD, S.OUTSIDE), S.ENTERED_IN_ERROR, SENDER,
         asks=(asks.ERROR_NOTE,), duty=False, style="danger", tell=TELL_RECEIVER),
    Step("sign_consent", _("补签知情同意"), (*UNDER_WAY, S.OUTSIDE, S.DECLINED, S.NO_SHOW, S.ON_HOLD, S.ARRIVED,
         *TREATING, S.AWAITING_FEEDBACK, S.IN_FOLLOWUP, S.CANCELLATION_ASKED), STAY, SENDER, asks=asks.SIGNING,
         needs=(consent.consent_is_outstanding, consent.telling_is_past, consent.guardian_signs_for_a_child),
         sets={"consent_choice": ConsentChoice.AGREE}, then=(signing.sign_consent,), duty=False, tell=()),
)  # fmt: skip

REFUSED: dict[str, Any] = {
    "needs": (consent.consent_is_awaited, consent.telling_is_past, consent.guardian_signs_for_a_child),
    "sets": {"consent_choice": ConsentChoice.REFUSE},
    "duty": False,
    "style": "danger",
    "tell": TELL_RECEIVER,
}
CONSENT_REFUSED = (
    Step("proceed_despite_refusal", _("患者拒绝，因急需继续"), (*UNDER_WAY, S.OUTSIDE, S.DECLINED, S.NO_SHOW,
         S.ON_HOLD, S.ARRIVED, *TREATING, S.AWAITING_FEEDBACK, S.IN_FOLLOWUP, S.CANCELLATION_ASKED), STAY,
         SENDING_DOCTOR, asks=(*asks.REFUSING, asks.GROUND), then=(signing.note_refusal,), **REFUSED,
         help=_("登记患者不同意；继续转诊的理由随单告知转入方。患者改变主意的，仍可补签。")),
    Step("withdraw_on_refusal", _("患者拒绝，撤回转诊"), (*UNDER_WAY, S.OUTSIDE, S.DECLINED, S.NO_SHOW, S.ON_HOLD),
         S.WITHDRAWN, SENDER, asks=asks.REFUSING, then=(signing.note_refusal, signing.patient_declined), **REFUSED),
    Step("stop_on_refusal", _("患者拒绝，请求停止"), (S.ARRIVED, *TREATING), S.CANCELLATION_ASKED, SENDER,
         asks=asks.REFUSING, then=(signing.note_refusal, signing.patient_declined), **REFUSED,
         help=_("患者已到诊，停止须转入机构同意。")),
)  # fmt: skip

OUTSIDE = (
    Step("record_outside_outcome", _("登记网外结果"), S.OUTSIDE, S.COMPLETED, SENDER, asks=asks.FEEDBACK,
         needs=(death.death_is_past,), notes=(effects.note_feedback,), then=(ending.note_outcome,), style="primary"),
    Step("record_outside_refusal", _("登记网外拒收"), S.OUTSIDE, S.DECLINED, SENDER, asks=asks.DECLINING,
         needs=(rules.next_place_is_named,), notes=(effects.note_refusal, effects.keep_reason)),
)  # fmt: skip

TIMING = Step(
    "record_times", _("登记时间节点"),
    (S.DRAFT, *UNDER_WAY, S.DECLINED, S.ARRIVED, *TREATING, S.AWAITING_FEEDBACK, S.OUTSIDE, S.COMPLETED), STAY,
    (Party("sender", "doctor", "reception", "nursing"), Party("receiver", "doctor", "reception", "nursing")),
    asks=TIMES, needs=(green.kind_is_chosen, green.some_moment_is_given, green.moments_are_past,
                       green.moments_follow_each_other),
    then=(emergency.note_times,), duty=False, tell=(), cite=S4.article("3.2.6"),
    help=_("只填已知的；未填的保持未知，已登记的可以更正，办理记录保留原值。"),
)  # fmt: skip

CORRECTING = Step(
    "correct_death", _("更正误登的死亡"), (S.COMPLETED, S.FAILED), STAY, (RECEIVING_DOCTOR, SENDING_DOCTOR),
    asks=asks.CORRECTION, needs=(death.death_was_recorded_here,), notes=(ending.withdraw_death,),
    then=(ending.correct_death,), duty=False, tell=TELL_BOTH,
    help=_("患者恢复为在世；因此关闭的其他事项由系统告知各方。"),
)  # fmt: skip

REOPENING = Step(
    "reopen", _("重新打开"), S.COMPLETED, S.AWAITING_FEEDBACK, (RECEIVING_DOCTOR, SENDING_DOCTOR),
    asks=(asks.REOPENING,), needs=(reopening.answer_came_from_inside, reopening.death_is_not_recorded,
                                   reopening.reopening_is_in_time),
    notes=(effects.await_feedback_anew,), duty=False, tell=TELL_BOTH, cite=S4.article("3.2.5"),
    help=_("反馈有误或不全时用；原反馈留在办理记录中，由转入方医师重新反馈并办结。"),
)  # fmt: skip

BY_THE_CLOCK = (
    Step("close", _("因患者的另一事项终止"), (*UNDER_WAY, S.DECLINED, S.NO_SHOW, S.ON_HOLD), S.FAILED, CLOCK,
         asks=asks.CAUSE, notes=(ending.close_with_cause,), tell=TELL_BOTH),
    Step("close_draft", _("因患者的另一事项作废"), (S.DRAFT, S.AWAITING_HEAD, S.AWAITING_APPROVAL), S.WITHDRAWN, CLOCK,
         asks=asks.CAUSE,
         notes=(ending.close_with_cause,), tell=TELL_SENDER),
    Step("expire", _("逾期未答复自动关闭"), WAITING_FOR_ANSWER, S.EXPIRED, CLOCK,
         tell=TELL_BOTH),
    Step("lapse", _("逾期未到诊自动关闭"), (*ARRANGING, S.NO_SHOW), S.LAPSED, CLOCK, tell=TELL_BOTH),
)  # fmt: skip

BY_PRIORITY = {1: parameters.ANSWER_CRITICAL, 2: parameters.ANSWER_URGENT}
DEADLINES = (
    Deadline(S.AWAITING_HEAD, parameters.APPROVAL),
    Deadline(S.AWAITING_APPROVAL, parameters.APPROVAL),
    Deadline(S.SUBMITTED, parameters.ANSWER, "expire", by_priority=BY_PRIORITY, grace=parameters.ANSWER_GRACE),
    Deadline(S.RECEIVED, parameters.ANSWER, "expire", by_priority=BY_PRIORITY, grace=parameters.ANSWER_GRACE,
             counts_from="sent_at"),
    Deadline(S.AWAITING_INFORMATION, parameters.INFORMATION, "expire", grace=parameters.ANSWER_GRACE),
    Deadline(S.ACCEPTED, parameters.SCHEDULING, "lapse", grace=parameters.ARRIVAL_GRACE),
    Deadline(S.TIME_PROPOSED, parameters.CONFIRMING, "lapse", grace=parameters.ARRIVAL_GRACE),
    Deadline(S.SCHEDULED, parameters.ARRIVAL, "lapse", counts_from="appointment_end",
             grace=parameters.ARRIVAL_GRACE),
    Deadline(S.DECLINED, parameters.REROUTING),
    Deadline(S.NO_SHOW, parameters.REROUTING, "lapse", grace=parameters.ARRIVAL_GRACE),
    Deadline(S.ON_HOLD, parameters.HOLDING),
    Deadline(S.AWAITING_FEEDBACK, parameters.FEEDBACK),
    Deadline(S.CANCELLATION_ASKED, parameters.CANCELLATION),
    Deadline(S.OUTSIDE, parameters.OUTSIDE_OUTCOME),
)  # fmt: skip


def _ends_what_is_owed(step: Step) -> Step:
    """Return a step with the effects that the end of a referral on its way has, or its leaving for another receiver."""
    is_end = step.target in FINALS and S.DRAFT not in step.sources
    owed = (signing.drop_owed_consent,) if is_end else ()
    leaves = step.verb in ("decline", "refer_onward") or (is_end and step.target != S.COMPLETED)
    tasks = (ending.drop_followups,) if leaves else ()
    return replace(step, then=(*step.then, *owed, *tasks)) if owed or tasks else step


STEPS = (
    *WRITING,
    *ANSWERING,
    *ROUTING,
    *MAKING_APPOINTMENTS,
    *TREATMENT,
    *ENDING,
    *CONSENT_REFUSED,
    *OUTSIDE,
    TIMING,
    CORRECTING,
    REOPENING,
    *BY_THE_CLOCK,
)
flow = Flow(
    start=S.DRAFT,
    finals=FINALS,
    steps=tuple(_ends_what_is_owed(step) for step in STEPS),
    deadlines=DEADLINES,
)  # fmt: skip
