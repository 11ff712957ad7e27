"""What the papers of a referral say: the fields of the forms in use, as plain values."""

from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.referral.models import Referral
from yilian.domains.referral.vocabulary import Approval
from yilian.kernel import clock
from yilian.kernel.pages.person_words import age, sex_title
from yilian.kernel.sealing import unseal
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Patient
from yilian.registry.models.patient import CardKind
from yilian.registry.patients.cards import cards_of
from yilian.registry.patients.numbers import ADDRESS, PHONE


def of_patient(patient: Patient) -> dict[str, Any]:
    """Return who the patient is, as the forms ask it: numbers masked, phone and address as they are."""
    cards = cards_of(patient)
    return {
        "name": patient.name,
        "sex": sex_title(patient.sex),
        "age": age(patient.birth_on),
        "identity": patient.identity_masked,
        "phone": unseal(patient.phone_sealed, context=PHONE),
        "address": unseal(patient.address_sealed, context=ADDRESS),
        "insurance": cards[CardKind.INSURANCE],
        "archive": cards[CardKind.ARCHIVE],
    }


def of_referral(case: Case) -> dict[str, Any]:
    """Return what 转诊单 and, for a return, 回转单 say of a referral."""
    referral = whole(case)
    return {
        "case": referral.number,
        "patient": of_patient(referral.patient),
        "sender": str(referral.sender),
        "sender_department": _name(referral.sender_department),
        "doctor": _name(referral.sender_doctor),
        "contact_phone": referral.contact_phone,
        "receiver": referral.receiver_title,
        "to": f"{referral.receiver_title}{_name(referral.receiver_department)}",
        "receiver_department": _name(referral.receiver_department),
        "receiver_doctor": _name(referral.receiver_doctor),
        "day": clock.local(referral.sent_at or referral.since).date(),
        "direction": referral.get_direction_display(),
        "channel": channel(referral),
        "reason": " ".join(part for part in (referral.reason_name, referral.reason_note) if part),
        "diagnosis": named(referral.diagnosis_name, referral.impression),
        "other_diagnoses": referral.other_diagnoses,
        "present_history": referral.present_history,
        "past_history": referral.past_history,
        "allergies": referral.allergies,
        "results": referral.results,
        "treatment": referral.treatment,
        "vital_signs": vital_signs(referral),
        "transport": referral.get_transport_display(),
        "record_number": referral.record_number,
        "care_plan": referral.care_plan,
        "contact": _contact(referral),
        "approval": approval(referral),
    }


def of_return(case: Case) -> dict[str, Any]:
    """Return what 回转单 says: of a return its own form, of a referral that was answered the answer."""
    referral = whole(case)
    data = of_referral(referral)
    if referral.is_down:
        return data
    return data | {
        "sender": data["receiver"],
        "sender_department": data["receiver_department"],
        "doctor": data["receiver_doctor"],
        "contact_phone": referral.receiver.phone if referral.receiver else "",
        "receiver": data["sender"],
        "to": f"{data['sender']}{data['sender_department']}",
        "receiver_department": data["sender_department"],
        "receiver_doctor": data["doctor"],
        "day": clock.local(referral.feedback_at or referral.since).date(),
        "diagnosis": named(referral.discharge_diagnosis_name, referral.discharge_summary),
        "record_number": referral.encounter_number,
        "approval": "",
        "results": referral.main_results,
        "treatment": referral.treatment_given,
        "care_plan": referral.next_plan,
    }


def of_consent(case: Case) -> dict[str, Any]:
    """Return what the consent form says; what is not known yet is left to be written by hand."""
    referral = whole(case)
    told = referral.consent_told_at
    return of_referral(referral) | {
        "choice": referral.consent_choice,
        "signed_by": referral.consent_by,
        "relation": referral.consent_relation_name,
        "signed_phone": referral.consent_phone,
        "told_by": referral.consent_told_by,
        "told_at": clock.local(told).strftime("%Y-%m-%d %H:%M") if told else "",
        "is_emergency": referral.is_emergency,
    }


def approval(referral: Referral) -> str:
    """Return what the house that refers said to it, who and when; empty where nobody was asked: room to write."""
    if referral.approved_at is None:
        return ""
    at = clock.local(referral.approved_at).strftime("%Y-%m-%d %H:%M")
    said = f"{referral.approval_note or _('同意转诊')}　{referral.approved_by}　{at}"
    return f"{head_approval(referral)}；{said}" if referral.approval_route == Approval.BOTH else said


def channel(referral: Referral) -> str:
    """Return that a referral goes by green channel and for which emergency; empty for the ordinary way."""
    words = [str(_("急诊绿色通道")), str(referral.get_emergency_kind_display())] if referral.is_emergency else []
    return "·".join(word for word in words if word)


def head_approval(referral: Referral) -> str:
    """Return what the head of the department said to it, who and when."""
    at = clock.local(referral.head_approved_at).strftime("%Y-%m-%d %H:%M") if referral.head_approved_at else ""
    return f"{referral.head_note or _('同意转诊')}　{referral.head_approved_by}　{at}"


def named(code_name: str, words: str) -> str:
    """Return the name of a code and the doctor's own words, unless these hold the name already."""
    return words if code_name in words else "；".join(part for part in (code_name, words) if part)


def vital_signs(referral: Referral) -> str:
    """Return the vital signs that were taken, on one line."""
    signs = (
        (_("体温 {value} ℃"), referral.temperature),
        (_("脉搏 {value} 次/分"), referral.pulse),
        (_("呼吸 {value} 次/分"), referral.respiration),
        (_("血压 {value} mmHg"), _pressure(referral)),
        (_("血氧饱和度 {value}%"), referral.oxygen_saturation),
    )
    return "  ".join(words.format(value=value) for words, value in signs if value not in (None, ""))


def whole(case: Case) -> Referral:
    """Return the referral of a case that may have been read without its own columns."""
    return case if isinstance(case, Referral) else Referral.objects.get(pk=case.pk)


def _name(row: Any) -> str:
    return row.name if row else ""


def _pressure(referral: Referral) -> str:
    return f"{referral.systolic}/{referral.diastolic}" if referral.systolic and referral.diastolic else ""


def _contact(referral: Referral) -> str:
    at = clock.local(referral.outside_contact_at).strftime("%m-%d %H:%M") if referral.outside_contact_at else ""
    return " ".join(part for part in (referral.outside_contact, at, referral.outside_contact_note) if part)
