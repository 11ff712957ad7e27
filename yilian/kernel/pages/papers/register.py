"""The register of official papers: issued under which number, what is void, the last number of each kind."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from yilian.kernel import audit, clock
from yilian.kernel.documents import issuing, printing
from yilian.kernel.documents.models import IssuedPaper, PaperSerial
from yilian.kernel.documents.paper import papers
from yilian.kernel.pages.export import MOST_ROWS, TYPE, workbook
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.papers.selection import SIDES, STATES, VALID, Wish, found, state_of
from yilian.kernel.workflow.case_type import Column
from yilian.kernel.workflow.refusals import Refused

READERS = ("office", "director", "secretary", "authority", "quality", "auditor")
PAGE = 50
YEARS = 5
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = [
    Column("number", _("文号"), "number"), Column("title", _("文书名称")),
    Column("issuer", _("出具机构"), "institution"), Column("case", _("事项编号"), "number"), Column("by", _("出具人")),
    Column("at", _("出具时间"), "datetime"), Column("state", _("情况"), "state"), Column("reason", _("作废原因")),
]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A paper as the register shows it."""

    row: IssuedPaper
    state: str
    may_void: bool

    @property
    def word(self) -> str:
        return str(STATES[self.state][0])

    @property
    def tone(self) -> str:
        return STATES[self.state][1]

    @property
    def subject(self) -> str:
        """What the case is about; nothing where that would name a patient."""
        return "" if self.row.case.patient_id else self.row.case.title

    @property
    def has_copy(self) -> bool:
        paper = papers.get(self.row.key)
        return paper is not None and paper.manuscript is not None

    @property
    def cells(self) -> list[str]:
        """The line as the workbook writes it."""
        row, at = self.row, clock.local(self.row.issued_at).strftime("%Y-%m-%d %H:%M")
        return [row.number, row.title, row.issuer, row.case.number, row.issued_name, at, self.word, row.void_reason]


class _Asked(Page):
    """What was asked for, by someone who may ask."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is not None:
            self.request = request
            self.insist(*READERS)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def wish(self) -> Wish:
        return Wish.read(self.request.GET)

    def lines(self, rows: list[IssuedPaper]) -> list[Line]:
        return [Line(row, state, self._may_void(row, state)) for row in rows for state in (state_of(row),)]

    def _may_void(self, row: IssuedPaper, state: str) -> bool:
        """Ask for the right only where it can exist: it costs a statement per row."""
        own = row.institution_id == self.actor.institution_id
        return own and state == VALID and issuing.may_void(row, self.actor)


class Register(_Asked):
    """`/papers/`: what this institution issued, or received, the newest first."""

    template = "pages/papers/register.html"
    part = "pages/papers/register_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = list(found(self.wish, self.actor)[: PAGE + 1])
        asked = request.GET.copy()
        asked.pop("before", None)
        year = self.wish.year or clock.today().year
        return self.show(
            {
                "lines": self.lines(rows[:PAGE]),
                "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
                "asked": asked.urlencode(),
                "wish": self.wish,
                "sides": SIDES,
                "kinds": list(papers),
                "states": [(state, word) for state, (word, _tone) in STATES.items()],
                "years": [clock.today().year - back for back in range(YEARS)],
                "serials": self._serials(year),
                "serial_year": year,
            }
        )

    def _serials(self, year: int) -> list[tuple[str, str]]:
        """Return the kinds of paper with the last number that this institution gave in a year."""
        last = PaperSerial.objects.filter(institution_id=self.actor.institution_id, year=year)
        known = {row.key: row.last for row in last}
        return [
            (str(paper.title), paper.number(year=year, serial=known[paper.key], case_number=""))
            for paper in papers
            if paper.key in known
        ]


class Export(_Asked):
    """`/papers/export.xlsx`: the register as it is narrowed, at most 10,000 rows. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [Line(row, state_of(row), may_void=False) for row in found(self.wish, self.actor)[:MOST_ROWS]]
        audit.record(self.actor, "exported", object_kind="paper", detail={"rows": len(rows)})
        content = workbook(str(_("发文登记")), COLUMNS, (line.cells for line in rows))
        answer = HttpResponse(content, content_type=TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="papers-{clock.today():%Y%m%d}.xlsx"'
        return answer


class Editable(Page):
    """`/papers/<id>/editable.docx`: an editable copy of what was issued. Recorded."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        issued = issuing.visible(pk)
        if issued is None:
            raise Http404(str(pk))
        try:
            content = printing.edit_out(issued, by=self.actor)
        except Refused as refusal:
            context = {"reasons": refusal.reasons, "back": issued.case.get_absolute_url()}
            return render(request, "409.html", context, status=409)
        answer = HttpResponse(content, content_type=DOCX)
        name = quote(f"{issued.title} {issued.number}.docx")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
