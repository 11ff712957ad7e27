"""Pages that write: a document, its correction, an entry in error, a consent and its end, a ground by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.domains.records import forms, issuing
from yilian.domains.records.consents import RECORDERS, Terms, give_consent, withdraw_consent
from yilian.domains.records.grounds import GROUNDERS, ground_by_hand
from yilian.domains.records.kinds import DISCHARGE, RecordKind, choices, record_kinds
from yilian.domains.records.models import Consent, Record, RecordStatus
from yilian.domains.records.packing import carry_correction
from yilian.kernel.documents.refusal import FileRefused
from yilian.kernel.workflow.flow import Ask
from yilian.registry.pages.noun_form import NounForm
from yilian.registry.pages.patients import OfPatient


class _Uploading(NounForm):
    """A form with a file beside its questions."""

    def uploads(self, name: str) -> list[File]:
        return list(self.request.FILES.getlist(name))

    def write(self, values: dict[str, Any]) -> str:
        try:
            return self.kept(values)
        except FileRefused as refused:
            raise ValidationError({"file": [reason.text for reason in refused.reasons]}) from refused

    def kept(self, values: dict[str, Any]) -> str:
        """Write the answers and return the address to go to."""
        raise NotImplementedError


class New(OfPatient, _Uploading):
    """`/patients/<pk>/records/new/?kind=…`: a document for those who have no interface."""

    template = "records/new.html"
    roles = issuing.WRITERS

    @cached_property
    def kind(self) -> RecordKind:
        return record_kinds.get(self.request.GET.get("kind", "")) or DISCHARGE

    def questions(self) -> tuple[Ask, ...]:
        return forms.document_asks(self.kind)

    def title(self) -> str:
        return _("存档{kind}").format(kind=self.kind.title)

    def back(self) -> tuple[str, str]:
        return f"{self.address()}records/", _("{name}的病历").format(name=self.patient.name)

    def given(self) -> dict[str, Any]:
        return {"practitioner": self.actor.name, "title": str(self.kind.title)}

    def extra(self) -> dict[str, Any]:
        return {"kinds": choices(), "kind": self.kind, "address": self.request.path,
                "import_address": f"{self.address()}records/fhir/"}  # fmt: skip

    def kept(self, values: dict[str, Any]) -> str:
        facts = forms.facts_of(self.kind, values)
        made = issuing.issue_record(facts, patient_id=self.patient.pk, by=self.actor, uploads=self.uploads("file"))
        messages.success(self.request, _("已存档；存档后不能修改，有误请更正"))
        return made.get_absolute_url()


class _OfOwnRecord(NounForm):
    """A page about a current document of the actor's own institution; others find nothing."""

    roles = issuing.WRITERS

    @cached_property
    def record(self) -> Record:
        rows = Record.objects.filter(institution_id=self.actor.institution_id, status=RecordStatus.CURRENT)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    def admit(self) -> None:
        """Find the document first: whoever has no business with it learns nothing."""
        self.record  # noqa: B018 - finding it is the check
        super().admit()

    def back(self) -> tuple[str, str]:
        return self.record.get_absolute_url(), self.record.title


class Correct(_OfOwnRecord, _Uploading):
    """`/records/<pk>/correct/`: a new version that replaces this one; both stay."""

    template = "records/correct.html"

    def questions(self) -> tuple[Ask, ...]:
        return forms.document_asks(self.record.record_kind)

    def title(self) -> str:
        return _("更正{title}").format(title=self.record.title)

    def given(self) -> dict[str, Any]:
        return forms.answers_of(self.record)

    def kept(self, values: dict[str, Any]) -> str:
        facts = forms.facts_of(self.record.record_kind, values)
        made = issuing.correct_record(self.record, facts, by=self.actor, uploads=self.uploads("file"))
        carry_correction(self.record, made, by=self.actor)
        messages.success(self.request, _("已更正；原文档保留并标明"))
        return made.get_absolute_url()


class MarkError(_OfOwnRecord):
    """`/records/<pk>/error/`: the document was never true."""

    asks = (forms.REASON,)

    def title(self) -> str:
        return _("标为误录")

    def write(self, values: dict[str, Any]) -> str:
        issuing.mark_error(self.record, by=self.actor, reason=values["reason"] or "")
        return self.record.get_absolute_url()


class NewConsent(OfPatient, _Uploading):
    """`/patients/<pk>/consents/new/`: what the patient, or the guardian, has signed."""

    asks = forms.CONSENT
    roles = RECORDERS

    def title(self) -> str:
        return _("登记调阅授权")

    def back(self) -> tuple[str, str]:
        return f"{self.address()}consents/", _("{name}的调阅授权").format(name=self.patient.name)

    def given(self) -> dict[str, Any]:
        return {"told_by": self.actor.name}

    def kept(self, values: dict[str, Any]) -> str:
        terms = Terms(
            kinds=values.get("kinds") or (), readers=values["readers"], since_on=values["since_on"],
            until_on=values["until_on"], signed_by=values["signed_by"] or "", relation=values["relation"],
            told_by=values["told_by"] or "",
        )  # fmt: skip
        evidence = next(iter(self.uploads("evidence")), None)
        give_consent(self.patient, terms, by=self.actor, evidence=evidence)
        messages.success(self.request, _("已登记；患者可随时撤回"))
        return self.back()[0]


class WithdrawConsent(NounForm):
    """`/consents/<pk>/withdraw/`: ends at once; the next request of a reader is refused."""

    asks = (forms.WHY_WITHDRAWN,)
    roles = RECORDERS

    @cached_property
    def consent(self) -> Consent:
        found = Consent.objects.select_related("patient").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    def admit(self) -> None:
        self.consent  # noqa: B018 - finding it is the check
        super().admit()

    def title(self) -> str:
        return _("撤回调阅授权")

    def back(self) -> tuple[str, str]:
        name = self.consent.patient.name
        return f"/patients/{self.consent.patient_id}/consents/", _("{name}的调阅授权").format(name=name)

    def write(self, values: dict[str, Any]) -> str:
        withdraw_consent(self.consent, by=self.actor, reason=values.get("reason") or "")
        messages.success(self.request, _("已撤回，即时生效"))
        return self.back()[0]


class NewGround(OfPatient, NounForm):
    """`/patients/<pk>/grounds/new/`: the patient is treated here, or has a contract with a family doctor here."""

    asks = forms.GROUND
    roles = GROUNDERS

    def title(self) -> str:
        return _("登记就诊或签约")

    def back(self) -> tuple[str, str]:
        return f"{self.address()}records/", _("{name}的病历").format(name=self.patient.name)

    def write(self, values: dict[str, Any]) -> str:
        patient: UUID = self.patient.pk
        ground_by_hand(
            patient, values["kind"], by=self.actor, number=values["number"] or "", since=values["since"],
            until=values.get("until"),
        )  # fmt: skip
        return self.back()[0]
