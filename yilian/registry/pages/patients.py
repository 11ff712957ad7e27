"""Patients: the list, one patient, and showing in full what is masked."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from yilian.kernel import audit
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages import kinds
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.worklists import Work, works
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.case_type import CaseType
from yilian.registry import patients
from yilian.registry.codes.search import named
from yilian.registry.lookups import REGISTERERS
from yilian.registry.models import Institution, Patient, PatientIdentifier, PatientMerge
from yilian.registry.models.patient import CardKind, IdentityKind, Sex
from yilian.registry.patients import pairs
from yilian.registry.patients.registering import is_minor

READERS = ("doctor", "reception", "nursing", "registrar", "quality")
WRITERS = REGISTERERS
MERGERS = ("registrar",)
SHOWN = 20
MOST_CASES = 10
links: list[Callable[[Actor, Patient], tuple[str, str] | None]] = []
"""Functions that give a further page about a patient as (title, address); the floors above add theirs."""


class List(Page):
    """`/patients/`: those whom the institution knows, last registered first, or those who match."""

    template = "registry/patients.html"
    part = "registry/patients_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        text = request.GET.get("q", "").strip()[:60]
        before = _key(request.GET.get("before", ""))
        lines = patients.search(self.actor, text, limit=SHOWN) if text else self._newest(before)
        shown = lines[:SHOWN]
        if text:
            audit.record(self.actor, "searched", object_kind="patient", detail={"found": len(shown)})
        context = {
            "lines": [(line, str(Sex(line.sex).label)) for line in shown],
            "text": text,
            "next": shown[-1].id if not text and len(lines) > SHOWN else None,
            "may_write": self.actor.may(*WRITERS),
            "may_merge": self.actor.may(*MERGERS),
        }
        answer = self.show(context)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _newest(self, before: UUID | None) -> list[patients.PatientLine]:
        return patients.newest(self.actor, before=before, limit=SHOWN + 1)


class OfPatient(Page):
    """Anything about one patient whom the institution knows; others find nothing."""

    @cached_property
    def patient(self) -> Patient:
        found = Patient.objects.select_related("region", "merged_into").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    def address(self) -> str:
        return f"/patients/{self.patient.pk}/"


class Detail(OfPatient):
    """`/patients/<pk>/`: facts with numbers masked; looking is recorded."""

    template = "registry/patient.html"
    part = "registry/patient_facts.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*READERS)
        audit.record(self.actor, "viewed", object_kind="patient", object_id=self.patient.pk)
        return self.page({})

    def page(self, revealed: dict[str, str], *, status: int = 200, fault: str = "") -> HttpResponse:
        """Show the patient, with what was revealed in full."""
        patient = self.patient
        context = {
            "patient": patient,
            "sex": str(Sex(patient.sex).label),
            "is_minor": is_minor(patient),
            "ethnicity": named("ethnicity", patient.ethnicity),
            "insurance": named("insurance", patient.insurance),
            "relation": named("relationship", patient.guardian_relation),
            "identifiers": self._identifiers(revealed),
            "revealed": revealed,
            "fault": fault,
            "known_to": Institution.objects.filter(pk__in=patient.institutions),
            "duplicates": [] if patient.merged_into_id else pairs.open_suspects(patient, by=self.actor),
            "merges": PatientMerge.objects.filter(kept=patient).select_related("dropped", "user"),
            "works": self._works(),
            "links": [link for give in links if (link := give(self.actor, patient))],
            "openable": [kind for kind in kinds.openable(self.actor) if _is_about_patients(kind)],
            "may_write": self.actor.may(*WRITERS) and patient.merged_into_id is None,
            "may_merge": self.actor.may(*MERGERS) and patient.merged_into_id is None,
        }
        answer = self.show(context, status=status)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _identifiers(self, revealed: dict[str, str]) -> list[tuple[PatientIdentifier, str, str]]:
        """Return identifiers with the title of their kind, and in full where that was asked for."""
        rows = self.patient.identifiers.select_related("institution")
        titles = {kind.value: str(kind.label) for kind in (*IdentityKind, *CardKind)}
        return [(row, titles.get(row.kind, row.kind), revealed.get(f"identifier:{row.pk}", "")) for row in rows]

    def _works(self) -> list[Work]:
        wish = queries.Filter(patient_id=self.patient.pk)
        rows = [row for kind in kinds.used(self.actor) for row in queries.newest(kind, self.actor, wish)]
        return works(sorted(rows, key=lambda row: row["id"], reverse=True)[:MOST_CASES])


class Reveal(Detail):
    """`/patients/<pk>/reveal/`: numbers in full, once, for a reason that is kept."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return HttpResponseRedirect(self.address())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*WRITERS)
        try:
            return self.page(patients.reveal(self.patient, by=self.actor, ground=request.POST.get("ground", "")))
        except ValidationError as refused:
            return self.page({}, status=422, fault="；".join(refused.messages))


def _is_about_patients(kind: CaseType) -> bool:
    return any(ask.kind == "patient" for ask in kind.form)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
