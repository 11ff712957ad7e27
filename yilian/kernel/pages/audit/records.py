"""The access records of one's institution; looking at them is itself recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.audit import actions, object_kinds, record
from yilian.kernel.audit.details import read_out
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.audit.selection import PAGE, Wish, newest
from yilian.kernel.pages.export import TYPE, workbook
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import Column, case_types
from yilian.kernel.workflow.models import Case

READER = "auditor"
MOST_ROWS = 10_000
OWN_KIND = "access_record"


@dataclass(frozen=True)
class Line:
    """A record as the page shows it."""

    record: AccessRecord
    kind_title: str
    address: str
    number: str

    @property
    def details(self) -> list[tuple[str, str]]:
        """What else was kept, as (title, value)."""
        return read_out(self.record.detail)

    @property
    def person(self) -> str:
        user, principal = self.record.user, self.record.on_behalf_of
        name = f"{user} ({user.username})" if user else _("（未知账号）")
        return _("{name} 代 {principal}").format(name=name, principal=principal) if principal else name

    @property
    def cells(self) -> list[str]:
        """The line as the workbook writes it."""
        row = self.record
        at = clock.local(row.at).strftime("%Y-%m-%d %H:%M:%S")
        details = _("；").join(f"{title}={words}" for title, words in self.details)
        which = self.number or row.object_id
        return [at, self.person, row.action_title, self.kind_title, which, row.ground, row.ip or "", details]


class _Asked(Page):
    """What was asked for, by someone who may ask."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is not None:
            self.request = request
            self.insist(READER)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def wish(self) -> Wish:
        given = self.request.GET
        words = {
            name: given.get(name, "").replace("\0", "").strip()[:64]
            for name in ("person", "action", "object_kind", "object_id")
        }
        words["object_id"] = _key_of(words["object_id"])
        return Wish(**words, since=_day(given.get("since", "")), until=_day(given.get("until", "")))

    def lines(self, rows: list[AccessRecord]) -> list[Line]:
        numbers = _numbers(rows)
        return [Line(row, title_of(row.object_kind), _address(row), numbers.get(row.object_id, "")) for row in rows]


class Records(_Asked):
    """`/audit/`: the newest first, filtered by person, action, object and time."""

    template = "pages/audit/records.html"
    part = "pages/audit/records_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = newest(self.actor, self.wish, before=_place(request.GET.get("before", "")), limit=PAGE + 1)
        shown = rows[:PAGE]
        record(self.actor, "viewed", object_kind=OWN_KIND, detail={"rows": len(shown), **self.wish.as_detail()})
        asked = urlencode(self.wish.as_detail())
        context = {
            "lines": self.lines(shown),
            "wish": self.wish,
            "object_typed": request.GET.get("object_id", ""),
            "actions": actions,
            "kinds": _kinds(),
            "asked": asked,
            "next": f"{shown[-1].at.isoformat()}~{shown[-1].pk}" if len(rows) > PAGE else "",
        }
        return self.show(context)


class Export(_Asked):
    """`/audit/export.xlsx`: what was filtered, at most 10,000 records."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = newest(self.actor, self.wish, limit=MOST_ROWS)
        record(self.actor, "exported", object_kind=OWN_KIND, detail={"rows": len(rows), **self.wish.as_detail()})
        titles = (_("时间"), _("人员"), _("操作"), _("对象类别"), _("对象"), _("事由"), _("地址"), _("详情"))
        columns = [Column(str(place), title) for place, title in enumerate(titles)]
        lines = (line.cells for line in self.lines(rows))
        answer = HttpResponse(workbook(_("访问记录"), columns, lines), content_type=TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="audit-{clock.today():%Y%m%d}.xlsx"'
        return answer


def title_of(kind: str) -> str:
    """Return how a kind of object is called: a declared one, or the case type of this key."""
    known = object_kinds.get(kind) or case_types.get(kind)
    return str(known.title) if known else kind


def _key_of(text: str) -> str:
    """Return the key of the case with this number, if the reader sees it; otherwise the text as it is."""
    found = Case.objects.filter(number=text.upper()).values_list("pk", flat=True).first() if text else None
    return str(found) if found else text


def _numbers(rows: list[AccessRecord]) -> dict[str, str]:
    """Return the numbers of the cases among the objects that the reader sees, by key."""
    keys = {row.object_id for row in rows if row.object_kind in case_types and _is_uuid(row.object_id)}
    return {str(key): number for key, number in Case.objects.filter(pk__in=keys).values_list("pk", "number")}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _kinds() -> list[tuple[str, str]]:
    return [(kind.key, str(kind.title)) for registry in (case_types, object_kinds) for kind in registry]


def _address(row: AccessRecord) -> str:
    if row.object_kind in case_types and row.object_id:
        return f"/{row.object_kind}/{row.object_id}/"
    return row.address


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _place(text: str) -> tuple[datetime, int] | None:
    """Return the place in the list that an address names; None for the beginning and for anything else."""
    moment, _sign, key = text.partition("~")
    try:
        at = parse_datetime(moment)
        return (at, int(key)) if at else None
    except ValueError:
        return None
