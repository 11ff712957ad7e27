"""The catalogue in the JSON interface: what fits a diagnosis, one of them, writing those of a consortium one leads."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.capacity.indications import forms, writing
from yilian.domains.capacity.indications.matching import match
from yilian.domains.capacity.models import Direction, Indication, IndicationVersion
from yilian.kernel.api.body import members, query, version_in
from yilian.kernel.api.document.components import MOMENT, NUMBER, TEXT, TRUTH, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.questions import answers_schema
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.workflow.answers import clean
from yilian.kernel.workflow.flow import Ask

router = Router()
LIST = (
    Ask("text", _("指征文字"), required=False, max_length=60),
    Ask("direction", _("方向"), "choice", choices=tuple(Direction.choices), required=False),
    Ask("diagnosis", _("诊断"), "code", source="icd-10", required=False),
)
READ = (Ask("version", _("版本"), "int", required=False, minimum=1),)
REPLACES = Ask("replaces", _("替换的系统默认指征"), "int", required=False, minimum=1)
CONSORTIUM = Ask("consortium", _("医联体"), "consortium")
NEW = (CONSORTIUM, REPLACES, *forms.INDICATION)
WRITTEN = ("not-yours", "not-found", "invalid", "too-large", "unsupported-media-type")


@router.get("", openapi_extra=described(
    _("查找转诊指征"), tag="indications", answer="Indications", query=LIST, problems=("invalid",),
))  # fmt: skip
def find_indications(request: ApiRequest) -> HttpResponse:
    """Return what is in use at one's institution; with a diagnosis, what is meant for it first."""
    given = query(request, LIST, request.actor)
    found = match(
        request.actor.institution_id, direction=given.get("direction") or "", diagnosis=given.get("diagnosis") or "",
        text=given.get("text") or "",
    )  # fmt: skip
    return reply({"items": [
        _shape(one.indication, one.indication) | {"is_for_diagnosis": one.is_for_diagnosis} for one in found
    ]})  # fmt: skip


@router.get("/{int:indication_number}", openapi_extra=described(
    _("转诊指征"), tag="indications", answer="Indication", query=READ, problems=("not-found", "invalid"),
))  # fmt: skip
def read_indication(request: ApiRequest, indication_number: int) -> HttpResponse:
    """Return an indication, or with `version` what it said then."""
    row = _row(indication_number)
    number = query(request, READ, request.actor).get("version") or row.version
    version = row.versions.select_related("subject").filter(version=number).first()
    if version is None:
        raise not_found()
    return reply(_whole(row, version))


@router.post("", openapi_extra=described(
    _("新增转诊指征"), tag="indications", answer="Indication", status=201, body="NewIndication", problems=WRITTEN,
))  # fmt: skip
def add_indication(request: ApiRequest) -> HttpResponse:
    """Add an indication to a consortium that one's institution leads; `replaces` names the default it stands for."""
    _insist(request)
    values = _values(request, NEW, members(request))
    led = {one.pk: one for one in writing.led_by(request.actor)}
    default = _row(values["replaces"]) if values.get("replaces") else None
    key, advice = default.shipped_key if default else "", forms.advice_of(values)
    row = writing.add_indication(led.get(values["consortium"]), by=request.actor, shipped_key=key, **advice)
    return reply(_latest(row), status=201, headers={"Location": f"{ROOT}/indications/{row.pk}"})


@router.post("/{int:indication_number}", openapi_extra=described(
    _("修改转诊指征"), tag="indications", answer="Indication", body="RevisedIndication",
    problems=(*WRITTEN, "stale-version"),
))  # fmt: skip
def revise_indication(request: ApiRequest, indication_number: int) -> HttpResponse:
    """Write an indication of a consortium that one leads anew, as a new version; `version` is the one that was read."""
    row = _row(indication_number)
    if row.consortium_id not in {one.pk for one in writing.led_by(request.actor)}:
        raise not_found()
    _insist(request)
    given = members(request)
    seen = version_in(given)
    advice = forms.advice_of(_values(request, forms.INDICATION, given))
    writing.revise_indication(row, by=request.actor, seen=seen, **advice)
    return reply(_latest(_row(indication_number)))


def _values(request: ApiRequest, asks: tuple[Ask, ...], given: dict[str, Any]) -> dict[str, Any]:
    return {ask.name: None for ask in asks} | clean(asks, given, request.actor).values()


def _row(key: int) -> Indication:
    found = Indication.objects.select_related("consortium", "subject").filter(pk=key).first()
    if found is None:
        raise not_found()
    return found


def _insist(request: ApiRequest) -> None:
    if not request.actor.may(*writing.KEEPERS):
        raise refuse("not-yours", gettext("转诊指征由牵头单位的医联体办公室、院领导或质控维护。"))


def _shape(row: Indication, said: Indication | IndicationVersion) -> dict[str, Any]:
    return {
        "id": row.pk, "consortium": row.consortium_id, "version": said.version, "is_on": row.is_on,
        "direction": said.direction, "condition": said.condition, "diagnoses": said.diagnoses,
        "subject": said.subject.code if said.subject else None, "source": said.source,
        "is_confirmed": said.is_confirmed, "url": f"{ROOT}/indications/{row.pk}",
    }  # fmt: skip


def _whole(row: Indication, version: IndicationVersion) -> dict[str, Any]:
    return _shape(row, version) | {"latest": row.version, "written_at": version.written_at}


def _latest(row: Indication) -> dict[str, Any]:
    return _whole(row, row.versions.select_related("subject").get(version=row.version))


def _schemas() -> dict[str, Any]:
    number, nothing = {"type": ["integer", "null"]}, {"type": ["string", "null"]}
    shape = {
        "id": NUMBER, "consortium": number, "version": NUMBER, "is_on": TRUTH,
        "direction": {"enum": list(Direction.values)}, "condition": TEXT, "diagnoses": several(TEXT),
        "subject": nothing, "source": TEXT, "is_confirmed": TRUTH, "url": TEXT,
    }  # fmt: skip
    plain = answers_schema(forms.INDICATION, partial=False)
    revised = plain | {
        "properties": plain["properties"] | {"version": NUMBER}, "required": [*plain["required"], "version"]
    }  # fmt: skip
    return {
        "Indications": record(items=several(ref("IndicationLine"))),
        "IndicationLine": record(**shape, is_for_diagnosis=TRUTH),
        "Indication": record(**shape, latest=NUMBER, written_at=MOMENT),
        "NewIndication": answers_schema(NEW, partial=False),
        "RevisedIndication": revised,
    }


api_parts.add(ApiPart("indications", _("转诊指征"), router, _schemas))
