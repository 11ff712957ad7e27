"""The answer to a referral as a document: what the form already holds is not typed twice."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.records.issuing import Facts, issue_record
from yilian.domains.records.kinds import DISCHARGE, REFERRAL
from yilian.domains.records.models import Record
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case

INPATIENT = "inpatient"
DISCHARGED: dict[str, tuple[str, ...]] = {
    "problems": ("impression",),
    "admission_diagnosis": ("diagnosis_name",),
    "discharge_diagnosis": ("discharge_diagnosis_name", "discharge_summary"),
    "course": ("treatment_given",),
    "plan": ("next_plan",),
    "tests": ("main_results",),
}
TREATED: dict[str, tuple[str, ...]] = {
    "complaint": ("impression",),
    "findings": ("main_results",),
    "diagnosis": ("discharge_diagnosis_name", "discharge_summary"),
    "course": ("treatment_given", "next_plan"),
}
"""Which answers of a referral fill which section: of 出院小结 for in-patients, of 转诊（院）记录 for the others."""


def write_feedback(case: Any, *, by: Actor, at: datetime) -> Record | None:
    """Issue the document that the feedback of a referral amounts to; None when it says too little."""
    is_stay = case.encounter_class == INPATIENT
    kind, sources = (DISCHARGE, DISCHARGED) if is_stay else (REFERRAL, TREATED)
    sections = {key: _joined(case, names) for key, names in sources.items()}
    if not sections["course"] and not case.discharge_summary.strip():
        return None
    with translation.override(settings.LANGUAGE_CODE):  # what is kept does not hang on who wrote it
        title = f"{kind.title}（{_('转诊反馈')}）"
    department = str(case.receiver_department or "") if case.receiver_department_id else ""
    facts = Facts(
        kind.key, title, by.name, min(at, case.arrived_at or at) if not is_stay else at, sections, department=department
    )
    return issue_record(facts, patient_id=case.patient_id, by=by, case_id=case.pk)


def _joined(case: Case, names: tuple[str, ...]) -> str:
    texts = (str(getattr(case, name, "") or "").strip() for name in names)
    return "\n".join(dict.fromkeys(text for text in texts if text))
