"""How referrals of the demo go: each script is a list of acts with who takes them and after how many hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """One step: the side that takes it, the verb, hours after the act before (least, most) and its answers.

    Answers that begin with "@" are filled in when the act is played: @now, @start, @end, @found, @given, @plan, @next.
    """

    side: str
    verb: str
    after: tuple[float, float]
    answers: Answers = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Script:
    """A course that a referral may take; `weight` says how often. `where` picks the destination, `homes` the senders
    (empty: any)."""

    key: str
    weight: int
    acts: tuple[Act, ...]
    where: str = "up"
    form: Answers = field(default_factory=dict)
    homes: tuple[str, ...] = ()


SOON, HOURS, DAY, DAYS = (0.1, 1.5), (1, 6), (12, 30), (30, 120)
APPOINTMENT = {"appointment_start": "@start", "appointment_end": "@end", "appointment_place": "门诊楼二层 转诊接待处"}
FEEDBACK = {
    "discharge_summary": "@impression",
    "discharge_diagnosis": "@code",
    "main_results": "@found",
    "treatment_given": "@given",
    "next_plan": "@plan",
    "outcome": "improved",
}
SEND = Act("sender", "send", (0.05, 0.4))
RECEIVE = Act("receiver", "receive", SOON)
ACCEPT = Act("receiver", "accept", HOURS, {"instruction": "请携带身份证、医保卡和既往检查资料。"})
SCHEDULE = Act("receiver", "schedule", HOURS, APPOINTMENT)
ARRIVE = Act("receiver", "arrive", DAYS, {"encounter_class": "inpatient", "encounter_number": "@encounter"})
TREAT = Act("receiver", "treat", SOON)
INTERIM = Act("receiver", "report_interim", DAY, {"interim_note": "@given"})
DISCHARGE = Act("receiver", "discharge", DAYS)
COMPLETE = Act("receiver", "complete", HOURS, FEEDBACK)
OPENING = (SEND, RECEIVE, ACCEPT)
WHOLE = (*OPENING, SCHEDULE, ARRIVE, TREAT, DISCHARGE, COMPLETE)
CONTACT = {"outside_contact": "接诊处", "outside_contact_at": "@now", "outside_contact_note": "电话商定次日接诊"}
NEW_PLACE = {"receiver": "@next", "redirect_reason": "better_place", "patient_agrees": True, **CONTACT}

DRAFT = Script("draft", 1, ())
RETURNED = Script("returned", 16, (*WHOLE, Act("receiver", "refer_back", SOON)))

SCRIPTS = (
    Script("whole", 40, WHOLE),
    RETURNED,
    Script("interim", 8, (*OPENING, SCHEDULE, ARRIVE, TREAT, INTERIM, DISCHARGE, COMPLETE)),
    Script("lateral", 6, WHOLE, "lateral", {"direction": "lateral"}),
    Script(
        "emergency",
        7,
        (
            SEND,
            Act(
                "receiver", "admit_emergency", SOON, {"encounter_class": "emergency", "encounter_number": "@encounter"}
            ),
            TREAT,
            Act(
                "sender",
                "sign_consent",
                HOURS,
                {
                    "consent_by": "@patient",
                    "consent_relation": "@relation",
                    "consent_told_by": "值班医师",
                    "consent_told_at": "@now",
                },
            ),
            DISCHARGE,
            COMPLETE,
        ),
        "up",
        {"is_emergency": True, "priority": "1", "transport": "ambulance"},
    ),
    Script(
        "asked",
        6,
        (
            SEND,
            RECEIVE,
            Act(
                "receiver",
                "ask_information",
                SOON,
                {"information_kind": "images", "information_wanted": "请补充近期影像资料。"},
            ),
            Act("sender", "answer_information", HOURS, {"information_given": "已上传胸部CT与血气分析结果。"}),
            ACCEPT,
            SCHEDULE,
            ARRIVE,
            TREAT,
            DISCHARGE,
            COMPLETE,
        ),
    ),
    Script(
        "declined",
        5,
        (
            SEND,
            RECEIVE,
            Act(
                "receiver",
                "decline",
                HOURS,
                {"decline_reason": "no_capacity", "suggested_next": "@next"},
                "床位已满，建议转往邻近医院。",
            ),
            Act("sender", "redirect", HOURS, {**NEW_PLACE, "redirect_reason": "declined"}),
            RECEIVE,
            ACCEPT,
            SCHEDULE,
            ARRIVE,
            TREAT,
            DISCHARGE,
            COMPLETE,
        ),
    ),
    Script(
        "refused",
        3,
        (
            SEND,
            RECEIVE,
            Act("receiver", "decline", HOURS, {"decline_reason": "no_indication"}, "可在基层继续治疗，附用药建议。"),
            Act("sender", "abandon", DAY, {"cancel_reason": "improved"}),
        ),
    ),
    Script(
        "onward",
        3,
        (
            *OPENING,
            SCHEDULE,
            ARRIVE,
            TREAT,
            Act("receiver", "refer_onward", DAY, {**NEW_PLACE, "redirect_reason": "condition"}),
            RECEIVE,
            ACCEPT,
            SCHEDULE,
            ARRIVE,
            TREAT,
            DISCHARGE,
            COMPLETE,
        ),
    ),
    Script(
        "proposed",
        4,
        (
            *OPENING,
            Act("receiver", "propose_time", SOON, APPOINTMENT),
            Act("sender", "confirm_time", HOURS),
            ARRIVE,
            TREAT,
            DISCHARGE,
            COMPLETE,
        ),
    ),
    Script(
        "missed",
        4,
        (
            *OPENING,
            SCHEDULE,
            Act("receiver", "report_no_show", DAYS, {"no_show_reason": "transport"}),
            Act("receiver", "rebook", DAY, {"wish": "改约下周上午"}),
            SCHEDULE,
            ARRIVE,
            TREAT,
            DISCHARGE,
            COMPLETE,
        ),
    ),
    Script(
        "stayed_away",
        2,
        (
            *OPENING,
            SCHEDULE,
            Act("receiver", "report_no_show", DAYS, {"no_show_reason": "patient_declines"}),
            Act("receiver", "close_no_show", DAY, {"no_show_reason": "patient_declines"}),
        ),
    ),
    Script("withdrawn", 3, (SEND, Act("sender", "withdraw", HOURS, {"cancel_reason": "improved"}))),
    Script(
        "cancelled",
        2,
        (
            *OPENING,
            SCHEDULE,
            ARRIVE,
            Act("sender", "ask_cancellation", SOON, {"cancel_reason": "patient_declines"}),
            Act("receiver", "agree_cancellation", HOURS),
        ),
    ),
    Script(
        "kept",
        1,
        (
            *OPENING,
            SCHEDULE,
            ARRIVE,
            Act("sender", "ask_cancellation", SOON, {"cancel_reason": "patient_declines"}),
            Act("receiver", "refuse_cancellation", SOON, {"cancellation_refusal": "患者病情需继续住院治疗。"}),
            DISCHARGE,
            COMPLETE,
        ),
    ),
    Script(
        "held",
        2,
        (
            *OPENING,
            Act("sender", "hold", HOURS, {"hold_reason": "transport_unfit"}),
            Act("sender", "resume", DAY),
            SCHEDULE,
            ARRIVE,
            TREAT,
            DISCHARGE,
            COMPLETE,
        ),
    ),
    Script(
        "died",
        1,
        (
            *OPENING,
            SCHEDULE,
            ARRIVE,
            TREAT,
            Act("receiver", "fail", DAY, {"failure_reason": "died", "died_on": "@today"}),
        ),
    ),
    Script(
        "left",
        2,
        (*OPENING, SCHEDULE, ARRIVE, TREAT, Act("receiver", "fail", DAY, {"failure_reason": "treated_elsewhere"})),
    ),
    Script("unanswered", 3, (SEND, Act("clock", "expire", (0, 0)))),
    Script("never_came", 2, (*OPENING, Act("clock", "lapse", (0, 0)))),
    Script("mistaken", 1, (SEND, Act("sender", "mark_error", SOON, {"error_note": "选错患者，已重新转诊。"}))),
    Script("discarded", 1, (Act("sender", "discard", HOURS),)),
    Script(
        "outside",
        3,
        (Act("sender", "send_outside", (0.1, 0.5)), Act("sender", "record_outside_outcome", DAYS, FEEDBACK)),
        "outside",
        {
            "destination": "outside",
            "outside_institution": "远山市肿瘤医院",
            "outside_contact": "接诊处 李护士",
            "outside_contact_note": "电话商定次日接诊",
        },
    ),
    Script("heading", 1, (Act("sender", "submit_to_head", SOON),), form={"priority": "3"}, homes=("xiling",)),
    Script("approving", 1, (Act("sender", "submit_for_approval", SOON),), homes=("donghu", "xiling")),
    DRAFT,
)
BACK = (
    Act("sender", "send", SOON),
    RECEIVE,
    ACCEPT,
    ARRIVE,
    Act("receiver", "start_followup", SOON),
)
"""How the return drafted by `refer_back` goes on: back at the township the patient is followed up."""
