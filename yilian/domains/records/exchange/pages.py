"""Pages that let a document go out as FHIR and take one in."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yilian.domains.records import issuing, reading
from yilian.domains.records.exchange import outgoing
from yilian.domains.records.exchange.incoming import SentOtherwiseError, open_original, take_in
from yilian.domains.records.exchange.interpreting import UnfitDocumentError
from yilian.domains.records.pages import Closed, download
from yilian.kernel.documents.refusal import FileRefused
from yilian.kernel.fhir.outcome import MEDIA_TYPE, Issue, encode
from yilian.kernel.fhir.parsing import UnreadableError
from yilian.kernel.workflow.flow import Ask
from yilian.registry.pages.noun_form import NounForm
from yilian.registry.pages.patients import OfPatient

MOST_SHOWN = 20
MEGABYTE = 1024 * 1024
FILE = Ask("file", _("FHIR 文档"), "file", required=False,
           help=_("JSON 格式的 FHIR R4 文档（Bundle，type 为 document），附件嵌在其中。"))  # fmt: skip


class Export(Closed):
    """`/records/<pk>/fhir/`: the document as a FHIR document Bundle, on the ground on which it is read."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*reading.READERS)
        try:
            bundle = outgoing.export(pk, by=self.actor)
        except (outgoing.NotForExportError, FileRefused) as refused:
            return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
        return download(encode(bundle), MEDIA_TYPE, f"{bundle['entry'][0]['resource']['title']}.json")


class OriginalPage(Closed):
    """`/records/<pk>/original/`: the bytes a document arrived as."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*reading.READERS)
        try:
            content = open_original(pk, by=self.actor)
        except FileRefused as refused:
            return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
        return download(content, MEDIA_TYPE, f"{pk}.json")


class TakeIn(OfPatient, NounForm):
    """`/patients/<pk>/records/fhir/`: a document of this patient that comes as a file."""

    template = "records/take_in.html"
    asks = (FILE,)
    roles = issuing.WRITERS

    def title(self) -> str:
        return gettext("导入 FHIR 文档")

    def back(self) -> tuple[str, str]:
        return f"{self.address()}records/", gettext("{name}的病历").format(name=self.patient.name)

    def write(self, values: dict[str, Any]) -> str:
        upload = self.request.FILES.get("file")
        if upload is None:
            raise ValidationError({"file": [gettext("请选择文件")]})
        if upload.size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
            raise ValidationError({"file": [gettext("文件超过上限 {most} MB").format(most=most)]})
        try:
            taken = take_in(upload.read(), by=self.actor, patient=self.patient)
        except UnreadableError as error:
            raise ValidationError({"file": [str(error)]}) from error
        except UnfitDocumentError as unfit:
            raise ValidationError({NON_FIELD_ERRORS: _sentences(unfit.issues)}) from unfit
        except (SentOtherwiseError, FileRefused) as refused:
            raise ValidationError({NON_FIELD_ERRORS: [str(refused)]}) from refused
        text = gettext("已存档；存档后不能修改，有误请更正") if taken.is_new else gettext("此前已存档，没有变化")
        messages.success(self.request, text)
        return taken.record.get_absolute_url()

    def beside(self, refused: ValidationError) -> dict[str, str]:
        """Return every fault as a sentence of its own."""
        found = super().beside(refused)
        several = refused.message_dict.get(NON_FIELD_ERRORS, []) if NON_FIELD_ERRORS in found else []
        found.pop(NON_FIELD_ERRORS, None)
        return found | {f"fault {number}": text for number, text in enumerate(several)}


def _sentences(issues: list[Issue]) -> list[str]:
    """Return faults as a person reads them, each with its place; of very many the first."""
    shown = [gettext("{text}（{place}）").format(text=one.text, place=one.expression) for one in issues[:MOST_SHOWN]]
    return shown + ([gettext("……共 {count} 处").format(count=len(issues))] if len(issues) > MOST_SHOWN else [])
