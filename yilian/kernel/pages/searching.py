"""Search over patients, case numbers and pages; other parts add their own sources."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import audit
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages import kinds, menu
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.worklists import Work, works
from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.lookups import lookups
from yilian.kernel.workflow.queries import Filter, Row

LONGEST = 80
SHOWN = 8
NUMBER = re.compile(r"[A-Za-z]{1,4}[0-9]{2,}|[0-9]{8,14}")
PERSONAL = re.compile(r"[0-9]{11,}")


@dataclass(frozen=True)
class Hit:
    """Something found: what it is called, a grey hint, and where it is."""

    title: str
    hint: str
    address: str
    icon: str = "arrow-right"


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be searched; `search(actor, text)` returns a few hits the actor may see."""

    key: str
    title: Words
    search: Callable[[Actor, str], list[Hit]]


sources: Registry[Source] = Registry("search source")
add = sources.add


def _cases(actor: Actor, text: str) -> list[Hit]:
    """Find cases by the beginning of their number, with or without its letters."""
    if not NUMBER.fullmatch(text):
        return []
    rows: list[Row] = []
    for kind in kinds.used(actor):
        number = text.upper() if text[0].isalpha() else kind.prefix + text
        if number.startswith(kind.prefix):
            rows += queries.newest(kind, actor, Filter(number=number, limit=SHOWN))
    return [
        Hit(f"{work.number} {work.who or work.title}", work.state_title, work.address, "file-text")
        for work in works(rows)
    ]


def _patients(actor: Actor, text: str) -> list[Hit]:
    if "patient" not in lookups or (len(text) < 2 and text.isascii()):
        return []
    found = lookups["patient"].search(actor, text, "", {})[:SHOWN]
    return [Hit(one.label, one.hint, f"/search/?patient={one.value}", "user") for one in found]


def _pages(actor: Actor, text: str) -> list[Hit]:
    lines = [line.entry for line in menu.lines_for(actor, "")]
    found = [Hit(str(entry.title), str(entry.group), entry.address, entry.icon) for entry in lines]
    found += [
        Hit(_("新建{title}").format(title=kind.title), str(kind.group), f"/{kind.key}/new/", "plus")
        for kind in kinds.openable(actor)
    ]
    return [hit for hit in found if text.lower() in hit.title.lower()][:SHOWN]


add(Source("cases", gettext_lazy("事项"), _cases))
add(Source("patients", gettext_lazy("患者"), _patients))
add(Source("pages", gettext_lazy("页面"), _pages))


class Search(Page):
    """`/search/?q=…`, and `/search/?patient=<id>` for everything about one patient. Finding people is recorded."""

    template = "pages/search.html"
    part = "pages/search_found.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip()[:LONGEST]
        patient = request.GET.get("patient", "")
        if patient:
            return self.show(self._of_patient(patient) | {"text": text, "groups": []})
        groups = [(str(source.title), source.search(self.actor, text)) for source in sources] if text else []
        groups = [(title, hits) for title, hits in groups if hits]
        if groups:
            shown = _("（号码）") if PERSONAL.search(text) else text
            audit.record(self.actor, "searched", detail={"text": shown, "found": sum(len(hits) for _t, hits in groups)})
        return self.show({"text": text, "groups": groups, "patient": None, "lines": []})

    def _of_patient(self, value: str) -> dict[str, object]:
        found = lookups["patient"].resolve(self.actor, value, "") if "patient" in lookups else None
        if found is None:
            return {"patient": None, "lines": []}
        audit.record(self.actor, "viewed", object_kind="patient", object_id=found.value)
        return {"patient": found, "lines": self._cases_of(found.value)}

    def _cases_of(self, patient_id: object) -> list[Work]:
        rows: list[Row] = []
        for kind in kinds.used(self.actor):
            rows += queries.newest(kind, self.actor, Filter(patient_id=patient_id))  # type: ignore[arg-type]
        return works(sorted(rows, key=lambda row: row["id"], reverse=True))
