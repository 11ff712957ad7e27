"""Writing patients: registering with a warning of duplicates, changing, documents."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yilian.kernel.workflow.flow import Ask
from yilian.registry import patients
from yilian.registry.models import Patient
from yilian.registry.models.patient import IdentityKind, Sex
from yilian.registry.pages import patient_asks as asks
from yilian.registry.pages.noun_form import NounForm, answers_from, facts_from
from yilian.registry.pages.patients import WRITERS, OfPatient
from yilian.registry.patients import pairs
from yilian.registry.patients.registering import SEALED


class New(NounForm):
    """`/patients/new/`: registers once; who may be known already is shown first."""

    template = "registry/patient_form.html"
    asks = asks.REGISTER
    roles = WRITERS
    suspects: tuple[patients.Suspect, ...] = ()

    def title(self) -> str:
        return _("登记患者")

    def back(self) -> tuple[str, str]:
        return (self.form_left, _("返回所填的表单")) if self.form_left else ("/patients/", _("患者"))

    @property
    def form_left(self) -> str:
        """The form from which one came to register somebody, an address on this site; "" for none."""
        address = self.request.GET.get("back", "")
        is_here = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
        return address if is_here else ""

    def given(self) -> dict[str, Any]:
        """Return what was searched for in vain, as a name or a number."""
        text = self.request.GET.get("q", "").strip()[:60]
        return {"identity_number" if any(sign.isdigit() for sign in text) else "name": text} if text else {}

    def write(self, values: dict[str, Any]) -> str:
        facts = facts_of(values)
        facts["identity_number"] = facts.get("identity_number") or ""
        facts["identity_kind"] = facts.get("identity_kind") or IdentityKind.RESIDENT
        patient, is_new = patients.register_patient(by=self.actor, **facts)
        if is_new and not self.request.POST.get("_confirmed"):
            self.suspects = tuple(pairs.open_suspects(patient, by=self.actor))
            if self.suspects:
                raise ValidationError(_("可能已登记：本机构有下列相像的患者，请先核对；确非同一人再继续登记"))
        if not is_new:
            messages.info(self.request, _("该证件号码已登记，未重复登记；以下是已有资料"))
        if self.form_left:
            return f"{self.form_left}{'&' if '?' in self.form_left else '?'}patient={patient.pk}"
        return f"/patients/{patient.pk}/"

    def extra(self) -> dict[str, Any]:
        return {"suspects": self.suspects, "form_left": self.form_left}


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
        patients.change_patient(self.patient, by=self.actor, version=self.sent_version(), **facts)
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
        return _("补登证件或卡号")

    def back(self) -> tuple[str, str]:
        return self.address(), str(self.patient)

    def write(self, values: dict[str, Any]) -> str:
        patients.add_identifier(self.patient, by=self.actor, kind=values["kind"], number=values["number"])
        return self.address()

    def beside(self, refused: ValidationError) -> dict[str, str]:
        found = super().beside(refused)
        return {"number" if name == "identity_number" else name: text for name, text in found.items()}


def facts_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return answers as the writers of patients take them."""
    facts = facts_from(values, Patient)
    facts |= {name: facts[name] or "" for name in SEALED if name in facts}
    if "sex" in facts:
        facts["sex"] = facts["sex"] or Sex.UNKNOWN
    return facts
