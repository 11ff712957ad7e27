"""The official papers of a referral: 转诊单, 回转单 and the consent form, after the forms in use."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral.flow import RECEIVER, SENDER
from yilian.domains.referral.models import Referral
from yilian.domains.referral.vocabulary import BEFORE_SENDING, FINALS, State
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.kinds import AttachmentKind, attachment_kinds
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.sealing import unseal
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Patient
from yilian.registry.patients.numbers import ADDRESS, PHONE

TYPST = Path(__file__).parent / "typst"
VOID = gettext_lazy("不作为就诊凭证")
AFTER_SENDING = tuple(state for state in State if state not in BEFORE_SENDING)
FAILED_ENDS = tuple(state for state in FINALS if state != State.COMPLETED)

for _kind in (
    AttachmentKind("referral.results", gettext_lazy("检查检验结果"), ("referral",)),
    AttachmentKind("referral.record", gettext_lazy("病历资料"), ("referral",)),
    AttachmentKind("referral.consent", gettext_lazy("已签署的知情同意书"), ("referral",)),
    AttachmentKind("referral.discharge", gettext_lazy("出院小结"), ("referral",)),
):
    attachment_kinds.add(_kind)


def of_patient(patient: Patient) -> dict[str, Any]:
    """Return who the patient is, as the forms ask it: identity masked, phone and address as they are."""
    return {
        "name": patient.name,
        "sex": patient.get_sex_display(),
        "age": _age(patient),
        "identity": patient.identity_masked,
        "phone": unseal(patient.phone_sealed, context=PHONE),
        "address": unseal(patient.address_sealed, context=ADDRESS),
    }


def _age(patient: Patient) -> str:
    if patient.birth_on is None:
        return ""
    today, birth = clock.today(), patient.birth_on
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return _("{years} 岁").format(years=years)


def of_referral(case: Case) -> dict[str, Any]:
    """Return what 转诊单 and, for a return, 回转单 say of a referral."""
    referral = _whole(case)
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
        "approval": referral.status_note,
    }


def of_return(case: Case) -> dict[str, Any]:
    """Return what 回转单 says: of a return its own form, of a referral that was answered the answer."""
    referral = _whole(case)
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
        "results": referral.main_results,
        "treatment": referral.treatment_given,
        "care_plan": referral.next_plan,
    }


def of_consent(case: Case) -> dict[str, Any]:
    """Return what the consent form says; what is not known yet is left to be written by hand."""
    referral = _whole(case)
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


def why_void(case: Case) -> str:
    """Return why a paper of this referral no longer counts: how it ended, with the reason given."""
    referral = _whole(case)
    parts = (referral.state_title, referral.status_reason_name, referral.status_note)
    return "；".join(part for part in parts if part)


def no_letter(case: Case, actor: Actor) -> str:
    return _("下转请开具回转单") if _whole(case).is_down else ""


def no_return(case: Case, actor: Actor) -> str:
    """Say why this institution issues no 回转单: a return's is its sender's, an answer's its receiver's, once given."""
    referral = _whole(case)
    issuer = referral.sender_id if referral.is_down else referral.receiver_id
    if issuer != actor.institution_id:
        return _("回转单由转回患者的机构开具")
    return "" if referral.is_down or referral.feedback_at else _("反馈后才能开具回转单")


def _whole(case: Case) -> Referral:
    return case if isinstance(case, Referral) else Referral.objects.get(pk=case.pk)


def _name(row: Any) -> str:
    return row.name if row else ""


def _pressure(referral: Referral) -> str:
    return f"{referral.systolic}/{referral.diastolic}" if referral.systolic and referral.diastolic else ""


def _contact(referral: Referral) -> str:
    at = clock.local(referral.outside_contact_at).strftime("%m-%d %H:%M") if referral.outside_contact_at else ""
    return " ".join(part for part in (referral.outside_contact, at, referral.outside_contact_note) if part)


for _paper in (
    Paper(
        "referral.letter", "referral", gettext_lazy("转诊单"), TYPST / "letter.typ", of_referral,
        "转〔{year}〕{serial:05d}号", (SENDER,), states=AFTER_SENDING, lapses_in=FINALS, stamp=VOID, reason=why_void,
        unfit=no_letter,
    ),
    Paper(
        "referral.return", "referral", gettext_lazy("回转单"), TYPST / "return.typ", of_return,
        "回转〔{year}〕{serial:05d}号", (SENDER, RECEIVER), states=AFTER_SENDING, lapses_in=FAILED_ENDS, stamp=VOID,
        reason=why_void, unfit=no_return,
    ),
    Paper(
        "referral.consent", "referral", gettext_lazy("转诊知情同意书"), TYPST / "consent.typ", of_consent,
        "转同〔{year}〕{serial:05d}号", (SENDER,), lapses_in=(State.ENTERED_IN_ERROR,), stamp=VOID, reason=why_void,
    ),
):  # fmt: skip
    papers.add(_paper)
