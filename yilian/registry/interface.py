"""Patients in the JSON interface: finding those the institution knows, reading one, registering one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel import audit
from yilian.kernel.api.body import members, query
from yilian.kernel.api.document.components import TEXT, record, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.questions import answers_schema
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.workflow.answers import clean
from yilian.kernel.workflow.flow import Ask
from yilian.registry import patients
from yilian.registry.models import Patient
from yilian.registry.models.patient import IdentityKind
from yilian.registry.pages.patient_asks import REGISTER
from yilian.registry.pages.patient_forms import facts_of
from yilian.registry.pages.patients import READERS, WRITERS

router = Router()
FIND = (
    Ask("identity", _("证件号码或联系电话"), required=False, max_length=40),
    Ask("name", _("姓名或拼音"), required=False, max_length=60),
    Ask("limit", _("条数"), "int", required=False, minimum=1, maximum=100, initial=20),
)
REFUSALS = ("not-yours", "invalid")


@router.get("", openapi_extra=described(
    _("查找患者"), tag="patients", answer="Patients", query=FIND, problems=REFUSALS,
))  # fmt: skip
def find_patients(request: ApiRequest) -> HttpResponse:
    """Return patients of the institution by exact number, or by the beginning of name or pinyin."""
    _insist(request, READERS)
    given = query(request, FIND, request.actor)
    texts = [text for text in (given.get("identity"), given.get("name")) if text]
    if len(texts) != 1:
        raise refuse("invalid", gettext("请提供 identity 或 name 其中之一"), field="identity")
    found = patients.search(request.actor, texts[0], limit=given.get("limit") or 20)
    audit.record(request.actor, "searched", object_kind="patient", detail={"found": len(found)})
    return reply({"items": [line_of(patient) for patient in found]})


@router.get("/{uuid:patient_id}", openapi_extra=described(
    _("患者资料"), tag="patients", answer="Patient", problems=("not-yours", "not-found"),
))  # fmt: skip
def read_patient(request: ApiRequest, patient_id: UUID) -> HttpResponse:
    """Return a patient whom the institution knows, numbers masked; looking is recorded."""
    _insist(request, READERS)
    patient = Patient.objects.filter(pk=patient_id).first()
    if patient is None:
        raise not_found()
    audit.record(request.actor, "viewed", object_kind="patient", object_id=patient_id)
    return reply(_whole(patient))


@router.post("", openapi_extra=described(
    _("登记患者"), tag="patients", answer="Patient", status=201, body="NewPatient",
    problems=(*REFUSALS, "too-large", "unsupported-media-type"),
))  # fmt: skip
def register_patient(request: ApiRequest) -> HttpResponse:
    """Register a patient, or return the row of the person whose document is known already: nobody is there twice."""
    _insist(request, WRITERS)
    given = clean(REGISTER, members(request), request.actor)
    facts = {ask.name: None for ask in REGISTER} | given.values()
    facts["identity_number"] = facts["identity_number"] or ""
    facts["identity_kind"] = facts["identity_kind"] or IdentityKind.RESIDENT
    patient, _is_new = patients.register_patient(by=request.actor, **facts_of(facts))
    return reply(_whole(patient), status=201, headers={"Location": f"{ROOT}/patients/{patient.pk}"})


def _insist(request: ApiRequest, roles: tuple[str, ...]) -> None:
    if not request.actor.may(*roles):
        raise refuse("not-yours", gettext("您的岗位不能查看或登记患者。请切换岗位或联系本机构管理员。"))


def line_of(patient: Patient | patients.PatientLine) -> dict[str, Any]:
    """Return a patient as lists show it, numbers masked."""
    return {
        "id": patient.id,
        "name": patient.name,
        "sex": patient.sex,
        "birth_on": patient.birth_on,
        "identity_masked": patient.identity_masked,
        "phone_masked": patient.phone_masked,
        "is_deceased": patient.is_deceased,
        "url": f"{ROOT}/patients/{patient.id}",
    }


def _whole(patient: Patient) -> dict[str, Any]:
    return line_of(patient) | {
        "region": patient.region_id,
        "ethnicity": patient.ethnicity,
        "insurance": patient.insurance,
        "guardian_name": patient.guardian_name,
        "guardian_relation": patient.guardian_relation,
        "deceased_on": patient.deceased_on,
        "merged_into": patient.merged_into_id,
        "version": patient.version,
    }


def schemas() -> dict[str, Any]:
    """Return the named schemas of patients."""
    day, key = {"type": ["string", "null"], "format": "date"}, {"type": "string", "format": "uuid"}
    line = {
        "id": key, "name": TEXT, "sex": TEXT, "birth_on": day, "identity_masked": TEXT, "phone_masked": TEXT,
        "is_deceased": {"type": "boolean"}, "url": TEXT,
    }  # fmt: skip
    more = {
        "region": {"type": ["string", "null"]}, "ethnicity": TEXT, "insurance": TEXT, "guardian_name": TEXT,
        "guardian_relation": TEXT, "deceased_on": day, "merged_into": {"type": ["string", "null"], "format": "uuid"},
        "version": {"type": "integer"},
    }  # fmt: skip
    return {
        "PatientLine": record(**line),
        "Patients": record(items=several(record(**line))),
        "Patient": record(**line, **more),
        "NewPatient": answers_schema(REGISTER, partial=False),
    }
