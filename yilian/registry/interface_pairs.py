"""Patients who may be one person, in the JSON interface: asked before registering, listed, joined, told apart."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yilian.kernel import audit
from yilian.kernel.api.body import members, query
from yilian.kernel.api.document.components import NUMBER, TEXT, TRUTH, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.questions import answers_schema
from yilian.kernel.api.reply import reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.workflow.answers import Answers, clean
from yilian.kernel.workflow.flow import Ask
from yilian.registry import patients
from yilian.registry.interface import line_of, router, schemas
from yilian.registry.models import Patient, PatientMerge
from yilian.registry.models.patient import IdentityKind
from yilian.registry.pages.patient_asks import DOCUMENT, NAME, REST
from yilian.registry.pages.patients import MERGERS, READERS, WRITERS
from yilian.registry.patients import pairs
from yilian.registry.patients.comparing import Comparison
from yilian.registry.patients.numbers import IdentityError, PhoneError, read_identity, read_phone
from yilian.registry.patients.suspecting import Suspect, compared_all, suspects_like, traits_from

LIKE = (NAME, *DOCUMENT, *(ask for ask in REST if ask.name in ("sex", "birth_on", "phone", "address")))
LIST = (
    Ask("page", _("页"), "int", required=False, minimum=1, maximum=500, initial=1),
    Ask("limit", _("条数"), "int", required=False, minimum=1, maximum=100, initial=20),
)
GROUND = Ask("ground", _("依据"), "longtext", max_length=300)
MERGE = (GROUND, Ask("is_verified", _("已核对证件原件或本人"), "bool", required=False))
WRITTEN = ("not-yours", "not-found", "invalid", "too-large", "unsupported-media-type")


@router.post("/matches", openapi_extra=described(
    _("登记前查找可能是同一人的患者"), tag="patients", answer="PatientMatches", body="PatientLike",
    problems=("not-yours", "invalid", "too-large", "unsupported-media-type"),
))  # fmt: skip
def find_matches(request: ApiRequest) -> HttpResponse:
    """Return patients of the institution who may be somebody like this, with reasons; nothing is registered."""
    _insist(request, WRITERS)
    given = clean(LIKE, members(request), request.actor)
    found = suspects_like(_traits(given), request.actor.institution_id)
    return _matches(request, found)


@router.get("/{uuid:patient_id}/matches", openapi_extra=described(
    _("可能是同一人的患者"), tag="patients", answer="PatientMatches", problems=("not-yours", "not-found"),
))  # fmt: skip
def read_matches(request: ApiRequest, patient_id: UUID) -> HttpResponse:
    """Return patients of the institution who may be this one, but for those somebody told apart."""
    _insist(request, READERS)
    patient = _patient(patient_id)
    found = [] if patient.merged_into_id else pairs.open_suspects(patient, by=request.actor)
    return _matches(request, found)


@router.get("/pairs", openapi_extra=described(
    _("疑似重复的患者"), tag="patients", answer="PatientPairs", query=LIST, problems=("not-yours", "invalid"),
))  # fmt: skip
def list_pairs(request: ApiRequest) -> HttpResponse:
    """Return the pairs that wait for somebody, the likeliest first."""
    _insist(request, MERGERS)
    given = query(request, LIST, request.actor)
    page, limit = given.get("page") or 1, given.get("limit") or 20
    rows = list(pairs.open_pairs()[(page - 1) * limit : page * limit])
    found = compared_all([(pair.low_id, pair.high_id) for pair in rows], request.actor.institution_id)
    audit.record(request.actor, "searched", object_kind="patient", detail={"found": len(rows)})
    items = [
        {"patients": [line_of(pair.low), line_of(pair.high)], "found_at": pair.found_at}
        | _explained(found[pair.low_id, pair.high_id])
        for pair in rows
    ]
    return reply({"items": items})


@router.post("/{uuid:patient_id}/pairs/{uuid:other_id}/merge", openapi_extra=described(
    _("把另一名患者并入"), tag="patients", answer="PatientDecision", body="PatientMerging", problems=WRITTEN,
))  # fmt: skip
def merge_patients(request: ApiRequest, patient_id: UUID, other_id: UUID) -> HttpResponse:
    """Join the other patient into this one; refused without proof unless documents or person were seen."""
    keep, drop = _pair(request, patient_id, other_id)
    given = clean(MERGE, members(request), request.actor)
    with _Refusals():
        patients.merge(
            keep, drop, by=request.actor, ground=given.get("ground"), is_verified=bool(given.get("is_verified"))
        )
    return _decided(keep, drop, "merged")


@router.post("/{uuid:patient_id}/pairs/{uuid:other_id}/part", openapi_extra=described(
    _("撤销合并"), tag="patients", answer="PatientDecision", problems=WRITTEN,
))  # fmt: skip
def part_patients(request: ApiRequest, patient_id: UUID, other_id: UUID) -> HttpResponse:
    """Undo the merge by which the other patient was joined into this one."""
    keep, drop = _pair(request, patient_id, other_id)
    members(request, ())
    merged = PatientMerge.objects.filter(kept=keep, dropped=drop, parted_at__isnull=True).first()
    if merged is None:
        raise refuse("invalid", gettext("没有可撤销的合并"))
    with _Refusals():
        patients.unmerge(merged, by=request.actor)
    return _decided(keep, drop, "parted")


@router.post("/{uuid:patient_id}/pairs/{uuid:other_id}/apart", openapi_extra=described(
    _("判定不是同一人"), tag="patients", answer="PatientDecision", body="PatientParting", problems=WRITTEN,
))  # fmt: skip
def tell_apart(request: ApiRequest, patient_id: UUID, other_id: UUID) -> HttpResponse:
    """Remember that the two are not the same person, with who, when and why."""
    one, other = _pair(request, patient_id, other_id)
    given = clean((GROUND,), members(request), request.actor)
    with _Refusals():
        patients.tell_apart(one, other, by=request.actor, ground=given.get("ground"))
    return _decided(one, other, "apart")


@router.post("/{uuid:patient_id}/pairs/{uuid:other_id}/reconsider", openapi_extra=described(
    _("撤销“不是同一人”的判定"), tag="patients", answer="PatientDecision", problems=WRITTEN,
))  # fmt: skip
def reconsider(request: ApiRequest, patient_id: UUID, other_id: UUID) -> HttpResponse:
    """Take back that the two are not the same person."""
    one, other = _pair(request, patient_id, other_id)
    members(request, ())
    with _Refusals():
        patients.reconsider(one, other, by=request.actor)
    return _decided(one, other, "open")


class _Refusals:
    """Turns what a writer refuses into a problem with each sentence."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, raised: BaseException | None, trace: object) -> None:
        if isinstance(raised, ValidationError):
            raise refuse("invalid", " ".join(raised.messages)) from raised


def _insist(request: ApiRequest, roles: tuple[str, ...]) -> None:
    if not request.actor.may(*roles):
        raise refuse("not-yours", gettext("您的岗位不能核对或合并患者。请切换岗位或联系本机构管理员。"))


def _patient(patient_id: UUID) -> Patient:
    found = Patient.objects.filter(pk=patient_id).first()
    if found is None:
        raise not_found()
    return found


def _pair(request: ApiRequest, one: UUID, other: UUID) -> tuple[Patient, Patient]:
    _insist(request, MERGERS)
    if one == other:
        raise not_found()
    return _patient(one), _patient(other)


def _traits(given: Answers) -> Any:
    facts = given.values()
    try:
        number, phone = facts.get("identity_number") or "", facts.get("phone") or ""
        identity = read_identity(facts.get("identity_kind") or IdentityKind.RESIDENT, number) if number else None
        digest = read_phone(phone).digest if phone else b""
    except IdentityError as fault:
        raise refuse("invalid", str(fault), field="identity_number") from fault
    except PhoneError as fault:
        raise refuse("invalid", str(fault), field="phone") from fault
    return traits_from(
        facts["name"],
        sex=(identity and identity.sex) or facts.get("sex") or "",
        birth_on=(identity and identity.birth_on) or facts.get("birth_on"),
        document=f"{identity.kind}:{identity.digest.hex()}" if identity else "",
        phone=digest,
        address=facts.get("address") or "",
    )


def _matches(request: ApiRequest, found: list[Suspect]) -> HttpResponse:
    audit.record(request.actor, "searched", object_kind="patient", detail={"found": len(found)})
    return reply({"items": [{"patient": line_of(one.patient)} | _explained(one.comparison) for one in found]})


def _explained(comparison: Comparison) -> dict[str, Any]:
    return {
        "likelihood": round(comparison.likelihood, 4),
        "is_likely": comparison.is_likely,
        "findings": [
            {
                "fact": finding.scale.key, "title": str(finding.scale.title),
                "level": finding.level.key if finding.level else None,
                "text": str(finding.level.says) if finding.level else gettext("一方未登记，无法比对"),
                "weight": finding.weight,
            }
            for finding in comparison.findings
        ],
    }  # fmt: skip


def _decided(one: Patient, other: Patient, decision: str) -> HttpResponse:
    return reply({"patient": one.pk, "other": other.pk, "decision": decision})


def _schemas() -> dict[str, Any]:
    """Return the named schemas of patients and pairs."""
    key, moment = {"type": "string", "format": "uuid"}, {"type": "string", "format": "date-time"}
    finding = record(fact=TEXT, title=TEXT, level={"type": ["string", "null"]}, text=TEXT, weight=NUMBER)
    explained = {"likelihood": {"type": "number"}, "is_likely": TRUTH, "findings": several(finding)}
    pair = record(patients=several(ref("PatientLine")), found_at=moment, **explained)
    return {
        **schemas(),
        "PatientMatches": record(items=several(record(patient=ref("PatientLine"), **explained))),
        "PatientPairs": record(items=several(pair)),
        "PatientDecision": record(patient=key, other=key, decision=TEXT),
        "PatientLike": answers_schema(LIKE, partial=False),
        "PatientMerging": answers_schema(MERGE, partial=False),
        "PatientParting": answers_schema((GROUND,), partial=False),
    }


api_parts.add(ApiPart("patients", _("患者"), router, _schemas))
