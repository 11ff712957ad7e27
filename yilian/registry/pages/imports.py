"""Bringing workbooks in: choose, try, import, watch, and take the marked workbook home."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.models import ImportRun
from yilian.kernel.imports.reading import MOST_BYTES, MOST_ROWS, WorkbookRefusedError
from yilian.kernel.imports.running import marked_workbook, take_in
from yilian.kernel.imports.sheet import Sheet, sheets
from yilian.kernel.imports.workbooks import template
from yilian.kernel.pages.export import TYPE
from yilian.kernel.pages.page import Page

SHOWN = 20


def importable(actor: Actor) -> list[Sheet]:
    """Return the sheets this actor may import."""
    return [sheet for sheet in sheets if sheet.is_for(actor)]


class List(Page):
    """`/imports/`: what can be imported, and what was."""

    template = "registry/imports.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = importable(self.actor)
        runs = ImportRun.objects.filter(sheet__in=[sheet.key for sheet in mine]).select_related("user")
        runs = runs.defer("source", "marked", "actor")[:SHOWN]
        return self.show({"sheets": mine, "runs": [(run, sheets[run.sheet].title) for run in runs]})


class _OfSheet(Page):
    @cached_property
    def sheet(self) -> Sheet:
        """The sheet of the address; raises Http404 for one this actor does not import."""
        found = sheets.get(self.kwargs["key"])
        if found is None or not found.is_for(self.actor):
            raise Http404(self.kwargs["key"])
        return found


class Upload(_OfSheet):
    """`/imports/<sheet>/`."""

    template = "registry/import_upload.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        upload = request.FILES.get("file")
        if upload is None or not upload.size:
            return self.page(_("请选择要导入的工作簿"))
        if upload.size > MOST_BYTES:
            return self.page(_("文件超过{most}MB，请分批导入").format(most=MOST_BYTES // 1024 // 1024))
        is_dry = request.POST.get("mode") != "write"
        try:
            run = take_in(self.sheet, by=self.actor, file_name=upload.name or "", content=upload.read(), is_dry=is_dry)
        except WorkbookRefusedError as refused:
            return self.page(str(refused))
        return HttpResponseRedirect(f"/imports/runs/{run.pk}/")

    def page(self, fault: str = "") -> HttpResponse:
        """Show the form, with what is wrong with the workbook."""
        context = {"sheet": self.sheet, "fault": fault, "most_rows": MOST_ROWS, "columns": self.sheet.columns}
        return self.show(context, status=422 if fault else 200)


class Template(_OfSheet):
    """`/imports/<sheet>/template.xlsx`."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        return _workbook(template(self.sheet), f"{slugify(self.sheet.key)}-template.xlsx")


class _OfRun(Page):
    @cached_property
    def import_run(self) -> ImportRun:
        """The run of the address; row security hides those of other institutions."""
        found = ImportRun.objects.defer("source").filter(pk=self.kwargs["pk"]).first()
        if found is None or not sheets[found.sheet].is_for(self.actor):
            raise Http404(str(self.kwargs["pk"]))
        return found


class Run(_OfRun):
    """`/imports/runs/<pk>/`: how far it is; the part asks again until it is finished."""

    template = "registry/import_run.html"
    part = "registry/import_run_part.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = self.import_run
        answer = self.show({"run": run, "sheet": sheets[run.sheet], "has_marked": run.marked is not None})
        answer.headers["Cache-Control"] = "no-store"
        return answer


class Marked(_OfRun):
    """`/imports/runs/<pk>/marked.xlsx`: the uploaded rows with every fault in red."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        content = marked_workbook(self.import_run)
        if content is None:
            raise Http404(str(pk))
        return _workbook(content, f"marked-{self.import_run.begun_at:%Y%m%d%H%M}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
