"""Two patients who may be one: the list of pairs, both side by side, joined, parted or told apart."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import audit
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.models import Case
from yilian.registry import patients
from yilian.registry.models import Patient, PatientMerge, PatientPair
from yilian.registry.models.patient import Sex
from yilian.registry.pages.patients import MERGERS, OfPatient
from yilian.registry.patients import pairs
from yilian.registry.patients.comparing import Comparison, is_proven
from yilian.registry.patients.scales import PROOFS
from yilian.registry.patients.suspecting import compared, compared_all

PAIRS = "/patients/pairs/"
SHOWN = 20
LAST_PAGE = 500


class List(Page):
    """`/patients/pairs/`: pairs that wait for somebody, the likeliest first, or those told apart."""

    template = "registry/pairs.html"
    part = "registry/pairs_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*MERGERS)
        decided = request.GET.get("state") == "apart"
        page = _page(request.GET.get("page", ""))
        rows = pairs.decided_pairs() if decided else pairs.open_pairs()
        found = list(rows[(page - 1) * SHOWN : page * SHOWN + 1])
        audit.record(self.actor, "searched", object_kind="patient", detail={"found": len(found[:SHOWN])})
        answer = self.show(
            {
                "lines": self._lines(found[:SHOWN]),
                "decided": decided,
                "waiting": pairs.open_pairs().count(),
                "next": page + 1 if len(found) > SHOWN else None,
            }
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _lines(self, rows: list[PatientPair]) -> list[tuple[PatientPair, Comparison]]:
        found = compared_all([(pair.low_id, pair.high_id) for pair in rows], self.actor.institution_id)
        return [(pair, found[pair.low_id, pair.high_id]) for pair in rows]


class OfPair(OfPatient):
    """Anything about two patients whom the institution knows both; others find nothing."""

    @cached_property
    def other(self) -> Patient:
        found = Patient.objects.filter(pk=self.kwargs["other"]).exclude(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["other"]))
        return found

    def beside(self) -> str:
        """Return the address of the comparison, from which everything is done."""
        return f"{self.address()}merge/{self.other.pk}/"


class Merge(OfPair):
    """`/patients/<pk>/merge/<other>/`: side by side with what agrees, then joined into the one that is kept."""

    template = "registry/patient_merge.html"

    def get(self, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
        self.insist(*MERGERS)
        self._record()
        return self.page()

    def post(self, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
        self.insist(*MERGERS)
        ground, is_verified = request.POST.get("ground", ""), bool(request.POST.get("is_verified"))
        try:
            patients.merge(self.patient, self.other, by=self.actor, ground=ground, is_verified=is_verified)
        except ValidationError as refused:
            self.patient.refresh_from_db()
            return self.page(fault=_("；").join(refused.messages), ground=ground, is_verified=is_verified, status=422)
        messages.success(request, _("已合并；双方的未办结事项都已归入此患者。如有误，可在本页撤销"))
        return HttpResponseRedirect(self.address())

    def page(self, *, fault: str = "", ground: str = "", is_verified: bool = False, status: int = 200) -> HttpResponse:
        """Show both rows."""
        comparison = compared(self.patient.pk, self.other.pk, self.actor.institution_id)
        context = {
            "pair": [self._side(self.patient), self._side(self.other)],
            "comparison": comparison,
            "found": {finding.scale.key: finding for finding in comparison.findings},
            "is_proven": is_proven(comparison, PROOFS),
            "told_apart": pairs.told_apart_from(self.patient).get(self.other.pk),
            "merged": bool(self.patient.merged_into_id or self.other.merged_into_id),
        }
        given = {"fault": fault, "ground": ground, "is_verified": is_verified}
        answer = self.show(context | given, status=status)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _side(self, row: Patient) -> dict[str, Any]:
        return {
            "row": row,
            "sex": str(Sex(row.sex).label),
            "identifiers": row.identifiers.all(),
            "has_address": row.address_sealed is not None,
            "waiting": Case.objects.filter(patient=row, open=True).count(),
        }

    def _record(self) -> None:
        for row in (self.patient, self.other):
            audit.record(self.actor, "viewed", object_kind="patient", object_id=row.pk)


class Apart(OfPair):
    """`/patients/<pk>/apart/<other>/`: they are not the same person."""

    def post(self, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
        self.insist(*MERGERS)
        try:
            patients.tell_apart(self.patient, self.other, by=self.actor, ground=request.POST.get("ground", ""))
        except ValidationError as refused:
            messages.error(request, _("；").join(refused.messages))
            return HttpResponseRedirect(self.beside())
        messages.success(request, _("已记下不是同一人，今后不再提示；如有误，可在“已判定”中撤销"))
        return HttpResponseRedirect(PAIRS)


class Reconsider(OfPair):
    """`/patients/<pk>/reconsider/<other>/`: what was said about them is taken back."""

    def post(self, request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
        self.insist(*MERGERS)
        try:
            patients.reconsider(self.patient, self.other, by=self.actor)
            messages.success(request, _("已撤销判定，两名患者重新待核对"))
        except ValidationError as refused:
            messages.error(request, _("；").join(refused.messages))
        return HttpResponseRedirect(self.beside())


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


def _page(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
