"""Writing patients: registering with a warning of duplicates, changing, documents, merging and parting."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.flow import Ask
from yilian.registry import patients
from yilian.registry.models import Patient, PatientMerge
from yilian.registry.models.patient import IdentityKind, Sex
from yilian.registry.pages import patient_asks as asks
from yilian.registry.pages.noun_form import NounForm, answers_from, facts_from
from yilian.registry.pages.patients import WRITERS, OfPatient
from yilian.registry.patients.registering import SEALED

MERGERS = ("registrar",)


class New(NounForm):
    """`/patients/new/`: registers once; who may be known already is shown first."""

    template = "registry/patient_form.html"
    asks = asks.REGISTER
    roles = WRITERS
    suspects: tuple[patients.Duplicate, ...] = ()

    def title(self) -> str:
        return _("登记患者")

    def back(self) -> tuple[str, str]:
        return "/patients/", _("患者")

    def given(self) -> dict[str, Any]:
        """Return what was searched for in vain, as a name or a number."""
        text = self.request.GET.get("q", "").strip()[:60]
        return {"identity_number" if any(sign.isdigit() for sign in text) else "name": text} if text else {}

    def write(self, values: dict[str, Any]) -> str:
        facts = facts_of(values)
        facts["identity_number"] = facts["identity_number"] or ""
        patient, is_new = patients.register_patient(by=self.actor, **facts)
        if is_new and not self.request.POST.get("_confirmed"):
            self.suspects = tuple(patients.duplicates(patient))
            if self.suspects:
                raise ValidationError(_("可能是同一人：本机构已登记下列患者，请先核对；确非同一人再继续登记"))
        if not is_new:
            messages.info(self.request, _("该证件号码已登记，未重复登记；以下是已有资料"))
        return f"/patients/{patient.pk}/"

    def extra(self) -> dict[str, Any]:
        return {"suspects": self.suspects}


class Edit(OfPatient, NounForm):
    """`/patients/<pk>/edit/`: what is sealed is not shown, and stays unless something new is written."""

    asks = asks.CHANGE
    roles = WRITERS

    def title(self) -> str:
        return _("修改患者资料")

    def back(self) -> tuple[str, str]:
        return self.address(), str(self.patient)

    def questions(self) -> tuple[Ask, ...]:
        """Leave out what a document already says, and say what is sealed."""
        by_document = self.patient.identifiers.filter(kind=IdentityKind.RESIDENT).exists()
        fixed = ("sex", "birth_on") if by_document else ()
        return tuple(self._kept(ask) for ask in self.asks if ask.name not in fixed)

    def given(self) -> dict[str, Any]:
        return answers_from(self.patient, self.questions()) | {"is_deceased": self.patient.is_deceased}

    def write(self, values: dict[str, Any]) -> str:
        facts = {name: value for name, value in facts_of(values).items() if name not in SEALED or value}
        patients.change_patient(self.patient, by=self.actor, version=_number(self.request.POST), **facts)
        return self.address()

    def extra(self) -> dict[str, Any]:
        return {"version": self.patient.version}

    def _kept(self, ask: Ask) -> Ask:
        if ask.name not in SEALED or not getattr(self.patient, f"{ask.name}_sealed"):
            return ask
        shown = self.patient.phone_masked if ask.name == "phone" else _("已登记")
        return replace(ask, help=_("现为：{shown}。不改请留空").format(shown=shown))


class AddDocument(OfPatient, NounForm):
    """`/patients/<pk>/documents/new/`."""

    asks = asks.ADD_DOCUMENT
    roles = WRITERS

    def title(self) -> str:
        return _("补登证件")

    def back(self) -> tuple[str, str]:
        return self.address(), str(self.patient)

    def write(self, values: dict[str, Any]) -> str:
        patients.add_identifier(self.patient, by=self.actor, kind=values["kind"], number=values["number"])
        return self.address()

    def beside(self, refused: ValidationError) -> dict[str, str]:
        found = super().beside(refused)
        return {"number" if name == "identity_number" else name: text for name, text in found.items()}


class Merge(OfPatient):
    """`/patients/<pk>/merge/<other>/`: side by side, then joined into the one that is kept."""

    template = "registry/patient_merge.html"

    @cached_property
    def other(self) -> Patient:
        found = Patient.objects.filter(pk=self.kwargs["other"]).exclude(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["other"]))
        return found

    def get(self, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
        self.insist(*MERGERS)
        return self.page()

    def post(self, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
        self.insist(*MERGERS)
        ground = request.POST.get("ground", "")
        try:
            patients.merge(self.patient, self.other, by=self.actor, ground=ground)
        except ValidationError as refused:
            return self.page(fault=_("；").join(refused.messages), ground=ground, status=422)
        messages.success(request, _("已合并；如有误，可在患者页撤销"))
        return HttpResponseRedirect(self.address())

    def page(self, *, fault: str = "", ground: str = "", status: int = 200) -> HttpResponse:
        """Show both rows."""
        pair = [(row, str(Sex(row.sex).label), row.identifiers.all()) for row in (self.patient, self.other)]
        answer = self.show({"pair": pair, "fault": fault, "ground": ground}, status=status)
        answer.headers["Cache-Control"] = "no-store"
        return answer


class Part(Page):
    """`/patients/merges/<pk>/part/`: a merge is undone."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.insist(*MERGERS)
        merged = PatientMerge.objects.filter(pk=pk).first()
        if merged is None:
            raise Http404(str(pk))
        try:
            patients.unmerge(merged, by=self.actor)
            messages.success(request, _("已撤销合并，两名患者的资料均已恢复"))
        except ValidationError as refused:
            messages.error(request, _("；").join(refused.messages))
        return HttpResponseRedirect(f"/patients/{merged.kept_id}/")


def facts_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return answers as the writers of patients take them."""
    facts = facts_from(values, Patient)
    facts |= {name: facts[name] or "" for name in SEALED if name in facts}
    if "sex" in facts:
        facts["sex"] = facts["sex"] or Sex.UNKNOWN
    return facts


def _number(data: Any) -> int | None:
    text = data.get("_version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
