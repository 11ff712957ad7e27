"""The cards of a referral's page: who the patient is, where they go, what they have, what became of it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral import facts, printed
from yilian.domains.referral.green.panel import green_card
from yilian.domains.referral.models import Referral
from yilian.domains.referral.vocabulary import Outcome
from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.facts import Fact, Group, portraits, text_of
from yilian.kernel.workflow.case_type import Panel

MOST_OTHERS = 5
OTHERS = f"patient_id = %s and case_ptr_id <> %s order by case_ptr_id desc limit {MOST_OTHERS + 1}"
CLINICAL = (
    "diagnosis", "impression", "other_diagnoses", "present_history", "past_history", "allergies", "results",
    "treatment", "record_number", "care_plan", "followup_task", "followup_on",
)  # fmt: skip
FEEDBACK = ("discharge_diagnosis", "discharge_summary", "main_results", "treatment_given", "next_plan")


def patient(referral: Referral, actor: Actor) -> dict[str, Any]:
    """Return who the patient is, numbers masked, and their other referrals that the actor may see."""
    person = referral.patient
    others = rows.where(Referral, OTHERS, [referral.patient_id, referral.pk])
    return {
        "person": person,
        "is_concealed": person is None and referral.patient_id is not None,
        "lines": [line for line in portraits["patient"](person, actor) if line[1]] if person else [],
        "others": others[:MOST_OTHERS],
        "has_more": len(others) > MOST_OTHERS,
        "may_refer_again": referral.case_type.may_open(actor.roles) is not None,
    }


def route(referral: Referral, actor: Actor) -> dict[str, Any]:
    """Return from where to where, why, how, and on what understanding with a place outside the consortium."""
    named = ("transport", "needs_escort", "reason_note", "sender_department", "sender_doctor", "contact_phone")
    return {
        "referral": referral,
        "facts": [
            Fact(str(_("转诊原因")), referral.reason_name),
            *_answered(referral, actor, (*named, "outside_contact", "outside_contact_at", "outside_contact_note")),
            *([Fact(str(_("科主任意见")), printed.head_approval(referral), True)] if referral.head_approved_at else []),
            *([Fact(str(_("院方审批意见")), printed.approval(referral), True)] if referral.approved_at else []),
            *([Fact(str(_("院内审核依据")), referral.approval_basis, True)] if referral.approval_basis else []),
        ],
    }


def clinical(referral: Referral, actor: Actor) -> dict[str, Any]:
    """Return what the sender knows of the illness; the vital signs stand on one line."""
    lines = _answered(referral, actor, CLINICAL)
    if signs := printed.vital_signs(referral):
        lines.append(Fact(str(_("生命体征")), signs, True))
    return {"groups": [Group(str(_("病情")), lines)]}


def receiving(referral: Referral, actor: Actor) -> dict[str, Any] | None:
    """Return what the receiver has done so far: seen, answered, arranged, admitted; None before it was sent."""
    if referral.sent_at is None:
        return None
    moments = (
        (_("发出"), referral.sent_at, ""),
        (_("签收"), referral.received_at, referral.received_by),
        (_("接收"), referral.accepted_at, referral.accepted_by),
        (_("到诊"), referral.arrived_at, ""),
    )
    lines = [Fact(str(title), _said(at, who)) for title, at, who in moments if at]
    if referral.appointment_start:
        lines.append(Fact(str(_("预约")), f"{_said(referral.appointment_start)} {referral.appointment_place}"))
    named = ("receiver_department", "receiver_doctor", "instruction", "encounter_class", "encounter_number")
    return {"groups": [Group(str(_("接诊")), lines + _answered(referral, actor, named))], "referral": referral}


def feedback(referral: Referral, actor: Actor) -> dict[str, Any] | None:
    """Return what the receiver found and advises; None while nothing is written."""
    lines = _answered(referral, actor, ("interim_note", *FEEDBACK))
    if referral.outcome:
        lines.append(Fact(str(_("转归")), str(Outcome(referral.outcome).label)))
    if referral.died_on:
        lines.append(Fact(str(_("死亡日期")), f"{referral.died_on:%Y-%m-%d}"))
    if referral.feedback_at:
        lines.append(Fact(str(_("反馈时间")), _said(referral.feedback_at)))
    return {"groups": [Group(str(_("反馈")), lines)]} if lines else None


def consent(referral: Referral, actor: Actor) -> dict[str, Any]:
    """Return how the consent stands: signed, owed until a moment, overdue, refused (and why they go on) or unknown."""
    due = referral.consent_due_at if referral.is_consent_outstanding else None
    return {"referral": referral, "due": due, "is_late": due is not None and due < clock.now()}


def duplicates(referral: Referral, actor: Actor) -> dict[str, Any] | None:
    """Return the patient's other referrals on their way, while this one is still being written; None without any."""
    others = facts.other_open(referral) if referral.sent_at is None and referral.open else []
    return {"others": others, "problem": referral.problem} if others else None


def _answered(referral: Referral, actor: Actor, names: Iterable[str]) -> list[Fact]:
    """Return the questions of these names that are answered, with their titles."""
    found = []
    for name in names:
        ask = referral.case_type.ask(name)
        text = text_of(referral, ask, actor) if ask else ""
        if ask and text and not (ask.kind == "bool" and not getattr(referral, name)):
            found.append(Fact(str(ask.title), text, ask.kind == "longtext" or len(text) > 40))
    return found


def _said(at: Any, who: str = "") -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M} {who}".strip()


PANELS = (
    Panel("facts", gettext_lazy("患者"), "referral/card_patient.html", patient),
    Panel("duplicates", gettext_lazy("重复转诊提醒"), "referral/card_duplicates.html", duplicates),
    Panel("route", gettext_lazy("转诊去向"), "referral/card_route.html", route),
    Panel("receiving", gettext_lazy("接诊"), "referral/card_receiving.html", receiving),
    Panel("green", gettext_lazy("绿色通道"), "referral/card_green.html", green_card),
    Panel("clinical", gettext_lazy("病情"), "pages/card_facts.html", clinical),
    Panel("feedback", gettext_lazy("反馈"), "pages/card_facts.html", feedback),
    Panel("consent", gettext_lazy("知情同意"), "referral/card_consent.html", consent, aside=True),
)
