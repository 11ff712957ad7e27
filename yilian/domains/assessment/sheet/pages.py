"""The pages of a sheet that generic ones cannot be: one line with all that is said of it, and the snapshot."""

import dataclasses
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from yilian.domains.assessment.exporting import archive_of
from yilian.domains.assessment.models import Remark, RemarkKind
from yilian.domains.assessment.remarks import by_item
from yilian.domains.assessment.sheet.measured import Measured, measured
from yilian.domains.assessment.sheet.rules import MARKS, item_of
from yilian.domains.assessment.sheet.todo import may
from yilian.domains.assessment.wording import KINDS, UNKNOWN, mark_words, value_words
from yilian.kernel import audit
from yilian.kernel.documents.models import Attachment
from yilian.kernel.pages import asking
from yilian.kernel.pages.cases import CasePage
from yilian.kernel.pages.indicators.rows import page_of_rows
from yilian.kernel.pages.taking import FORBIDDEN, Take, errors_of, status_of, version_of
from yilian.kernel.pages.uploads import attached
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.flow import Ask, Step
from yilian.kernel.workflow.gate import open_steps, wrong_party
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.regulations import S0, S1, S2, S3, S4

ON_A_LINE = ("claim", "judge", "adjust", "support", "question", "object")
SOURCES = {document.key: document for document in (S0, S1, S2, S3, S4)}


class ToTheLine(Take):
    """`/assessment/<id>/do/claim/` and its likes: a line is dealt with where it reads, on the sheet."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        to = f"{self.case.get_absolute_url()}#card-tree"
        return HttpResponseClientRedirect(to) if request.htmx else HttpResponseRedirect(to)  # type: ignore[attr-defined]


class OnARemark(Take):
    """`/assessment/<id>/do/answer/?objection=…` and `…/do/explain/?flag=…`: the dialog with what is answered in it."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        strange = wrong_party(self.kind, self.step, self.actor, self.case.taking_part())
        given = {name: request.GET[name] for name in ("objection", "flag") if request.GET.get(name)}
        return self.ask({}, [strange], FORBIDDEN) if strange else self.ask(given, [])


class Line(CasePage):
    """`/assessment/<id>/line/?item=…`: value, claim and mark of a line, what was said, forms for what is next."""

    template = "assessment/line.html"

    @cached_property
    def item(self) -> dict[str, Any]:
        """The line of the scheme; raises Http404 for one that the sheet has not."""
        found = item_of(self.case, self.request.GET.get("item", ""))
        if found is None:
            raise Http404(str(self.case.pk))
        return found

    @cached_property
    def steps(self) -> list[Step]:
        found = open_steps(self.case, self.actor, only_mine=True)
        return [state.step for state in found if state.step.verb in ON_A_LINE and self._suits(state.step)]

    def _suits(self, step: Step) -> bool:
        return step.verb in ("support", "question", "object") or self.item["kind"] != "rank"

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        return self.form({}, None, [], 200)

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Take the step whose form was sent."""
        step = next((one for one in self.steps if one.verb == request.POST.get("verb")), None)
        if step is None:
            return self.form({}, None, [_("此考核表的状态或您的岗位不能这样办理")], 422)
        asks = self.asks(step)
        raw = asking.sent(asks, request.POST)
        try:
            files = attached(self.case, asks, request.FILES, by=self.actor)
            engine.take(self.case, step.verb, by=self.actor, version=version_of(request.POST.get("_version", "")),
                        **(raw | files | {"item": self.item["key"]}))  # fmt: skip
        except Refused as refusal:
            sentences = [reason.text for reason in refusal.reasons if not reason.field]
            return self.form(raw, step.verb, sentences, status_of(refusal), errors_of(refusal.reasons))
        messages.success(request, _("已办理「{step}」：{title}").format(step=step.title, title=self.item["title"]))
        return HttpResponseRedirect(self._next() if "next" in request.POST else request.get_full_path())

    def asks(self, step: Step) -> list[Ask]:
        """Return what a step asks of this line: grades of its kind, or a number."""
        wanted = MARKS.get(self.item["kind"])
        return [
            dataclasses.replace(ask, choices=tuple(one for one in ask.choices if one[0] in wanted), required=True)
            if ask.name == "mark" and wanted else ask
            for ask in step.asks
            if ask.name not in ("item", "value" if wanted else "mark")
        ]  # fmt: skip

    def form(
        self, raw: dict[str, Any], verb: str | None, sentences: list[str], status: int,
        errors: dict[str, str] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """Show the line, with what was sent and the reasons against it."""
        sheet, key, found = self.case, self.item["key"], self._measured()
        remarks = by_item(sheet).get(key, [])
        context = {
            "item": self.item,
            "line": sheet.lines.get(key, {}),
            "kind_words": KINDS[self.item["kind"]],
            "unknown_words": UNKNOWN[self.item["unknown"]],
            "value": value_words(sheet.lines.get(key, {}), self.item),
            "claim": sheet.claims.get(key, {}) | {"words": mark_words(sheet.claims.get(key))},
            "mark": sheet.marks.get(key, {}) | {"words": mark_words(sheet.marks.get(key))},
            "measured": found,
            "counted": page_of_rows(self.request, found.value, found.value.extent) if found else {},
            "rows_asked": "rows" in self.request.GET,
            "source": self._source(),
            "remarks": remarks,
            "files": _files(remarks),
            "forms": [(step, self._fields(step, raw, verb, errors or {})) for step in self.steps],
            "sentences": sentences,
            "next_line": self._next(),
            "waiting": self._waiting(remarks),
        }
        return self.show(self.about() | context, status)

    def _waiting(self, remarks: list[Remark]) -> set[int]:
        """Return the objections that this person may answer."""
        if not may(self.case, "answer", self.actor):
            return set()
        said = {row.to_id for row in remarks}
        return {row.pk for row in remarks if row.kind == RemarkKind.OBJECTION and row.pk not in said}

    def _fields(self, step: Step, raw: dict[str, Any], verb: str | None, errors: dict[str, str]) -> list[Any]:
        is_sent = step.verb == verb
        given = raw if is_sent else self._said(step)
        return asking.fields_of(self.asks(step), self.actor, given, errors if is_sent else {})

    def _said(self, step: Step) -> dict[str, Any]:
        kept = {"claim": self.case.claims, "judge": self.case.marks, "adjust": self.case.marks}.get(step.verb, {})
        said = kept.get(self.item["key"], {})
        return {"mark": said.get("mark", ""), "value": said.get("value", ""), "basis": said.get("note", "")}

    def _measured(self) -> Measured | None:
        return measured(self.case, self.item) if self.item["indicator"] else None

    def _source(self) -> Any:
        document, _slash, article = self.item["source"].partition("/")
        return SOURCES[document].article(article) if document in SOURCES else None

    def _next(self) -> str:
        keys = [item["key"] for item in self.case.period.items]
        at = keys.index(self.item["key"]) + 1
        own = self.case.get_absolute_url()
        return f"{own}line/?item={keys[at]}" if at < len(keys) else f"{own}#card-tree"


class Snapshot(CasePage):
    """`/assessment/<id>/snapshot.zip`: the frozen snapshot, the program that recomputes it. Taking it is recorded."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        if not self.case.snapshot:
            raise Http404(str(self.case.pk))
        audit.record(self.actor, "exported", object_kind=self.case.kind, object_id=self.case.pk)
        answer = HttpResponse(archive_of(self.case), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{self.case.number}.zip"'
        return answer


def _files(remarks: list[Remark]) -> dict[Any, Attachment]:
    keys = [row.file_id for row in remarks if row.file_id]
    return {row.pk: row for row in Attachment.objects.filter(pk__in=keys, removed_at=None)}
