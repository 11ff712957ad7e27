"""Reading a patient's records: the timeline over institutions, one document, its files, who has looked."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from yilian.domains.records import files, lookers, reading
from yilian.domains.records.canonical import digest_of
from yilian.domains.records.consents import RECORDERS, consents_of
from yilian.domains.records.grounds import GROUNDERS
from yilian.domains.records.issuing import WRITERS
from yilian.domains.records.kinds import choices, record_kinds
from yilian.domains.records.models import Consent, Received, RecordStatus
from yilian.domains.records.printed import lookers_paper
from yilian.domains.records.reading import GroundEnded, RecordUnknown
from yilian.kernel import audit, clock
from yilian.kernel.documents import vault
from yilian.kernel.documents.refusal import FileDamagedError, FileRefused
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import case_types
from yilian.registry.pages.patients import OfPatient


class Closed(Page):
    """A page about one document; a ground that has ended is answered with what can be done."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except RecordUnknown as unknown:
            raise Http404(str(unknown)) from unknown
        except GroundEnded as ended:
            self.template, self.part = "records/ended.html", ""
            context = {"sentence": str(ended), "patient": ended.patient_id, "ways": reading.ways_out()}
            return _private(self.show(context, status=403))


class Timeline(OfPatient):
    """`/patients/<pk>/records/`: what this institution may read of the patient, newest first. Recorded."""

    template = "records/timeline.html"
    part = "records/timeline_part.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*reading.READERS)
        kind = request.GET.get("kind", "")
        kind = kind if kind in record_kinds else ""
        found = reading.timeline(self.patient, by=self.actor, before=request.GET.get("before", ""), kind=kind)
        context = {
            "patient": self.patient,
            "timeline": found,
            "kinds": choices(),
            "kind": kind,
            "ways": [] if found.grounds else reading.ways_out(),
            "may_write": self.actor.may(*WRITERS) and self.patient.merged_into_id is None,
            "may_ground": self.actor.may(*GROUNDERS),
            "may_break": case_types["breakglass"].may_open(self.actor.roles) is not None,
            "may_list": self.actor.may(*lookers.MAY_LOOK),
        }
        return _private(self.show(context))


class Detail(Closed):
    """`/records/<pk>/`: one document as it was issued, with what became of it."""

    template = "records/record.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*reading.READERS)
        opened = reading.open_record(pk, by=self.actor)
        record = opened.record
        own = record.institution_id == self.actor.institution_id and record.status == RecordStatus.CURRENT
        context = {
            "record": record,
            "ground": opened.ground,
            "later": getattr(record, "replaced_by", None),
            "values": record.observations.all(),
            "files": record.files.all(),
            "is_whole": digest_of(record) == record.sha256,
            "may_write": own and self.actor.may(*WRITERS),
            "may_export": record.status != RecordStatus.SUPERSEDED,
            "received": Received.objects.filter(record=record).first(),
        }
        return _private(self.show(context))


class FilePage(Closed):
    """`/records/files/<pk>/`: a file of a document, on the ground of the document."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*reading.READERS)
        file, ground = reading.open_file(pk, by=self.actor)
        try:
            content = files.hand_out(file, by=self.actor, ground=ground)
        except FileRefused as refused:
            return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
        return download(content, file.content_type, file.file_name)


class Lookers(OfPatient):
    """`/patients/<pk>/access/`: who has looked at the patient's records, for the patient. Recorded."""

    template = "records/lookers.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*lookers.MAY_LOOK)
        looks = lookers.lookers(self.patient, by=self.actor, before=_moment(request.GET.get("before", "")))
        last = looks[-1].at.isoformat() if len(looks) == lookers.MOST else ""
        return _private(self.show({"patient": self.patient, "looks": looks, "next": last}))


class LookersPaper(OfPatient):
    """`/patients/<pk>/access.pdf`: the same list on paper, to be handed to the patient. Recorded."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*lookers.MAY_LOOK)
        looks = lookers.lookers(self.patient, by=self.actor, printed=True)
        pdf = lookers_paper(self.patient, looks, by=self.actor)
        return download(pdf, "application/pdf", _("调阅清单") + ".pdf")


class Consents(OfPatient):
    """`/patients/<pk>/consents/`: every consent of the patient, standing, withdrawn and past."""

    template = "records/consents.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*reading.READERS)
        audit.record(self.actor, "viewed", object_kind="record_consent", object_id=self.patient.pk)
        today = clock.today()
        lines = [(consent, _stage(consent, today)) for consent in consents_of(self.patient.pk)]
        context = {"patient": self.patient, "lines": lines, "may_write": self.actor.may(*RECORDERS)}
        return _private(self.show(context))


class Evidence(Page):
    """`/consents/<pk>/evidence/`: the signed sheet of a consent."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*reading.READERS)
        consent = Consent.objects.filter(pk=pk).exclude(evidence_key="").first()
        if consent is None:
            raise Http404(str(pk))
        audit.record(self.actor, "downloaded", object_kind="record_consent", object_id=consent.patient_id)
        try:
            content = vault.content(consent.evidence_key, consent.evidence_sha256)
        except FileDamagedError:
            text = _("文件与存入时不一致，已停止下载并记录。请联系系统管理员核查。")
            return HttpResponse(text, status=409, content_type="text/plain; charset=utf-8")
        return download(content, "application/octet-stream", consent.evidence_name)


def _stage(consent: Consent, today: object) -> tuple[str, str]:
    if consent.withdrawn_at:
        return _("已撤回"), "default"
    if consent.until_on < today:  # type: ignore[operator]
        return _("已到期"), "default"
    return (_("有效"), "success") if consent.since_on <= today else (_("未开始"), "info")  # type: ignore[operator]


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file to be saved, kept by nobody on the way."""
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return _private(answer)


def _moment(text: str):  # type: ignore[no-untyped-def]
    try:
        return parse_datetime(text)
    except ValueError:
        return None
