"""The register of institutions: the list, and one institution."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property

from yilian.kernel import clock
from yilian.kernel.pages.page import Page
from yilian.registry.attestable import condition_title
from yilian.registry.codes.search import named
from yilian.registry.governing import governs, governs_some
from yilian.registry.models import Institution, Region
from yilian.registry.models.institution import Grade
from yilian.registry.models.region import FIRST_AFTER
from yilian.registry.pages.fact_sources import fact_sources

KEEPERS = ("registrar", "office", "hr")
SHOWN = 20
MOST_PEOPLE = 50
NEWEST = 5


class List(Page):
    """`/institutions/`: all institutions; the register is open to everyone who works here."""

    template = "registry/institutions.html"
    part = "registry/institutions_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = list(self.rows()[: SHOWN + 1])
        context = {
            "rows": rows[:SHOWN],
            "asked": request.GET,
            "grades": Grade.choices,
            "region": Region.objects.filter(pk=request.GET.get("region", "")).first(),
            "next": rows[SHOWN - 1].pk if len(rows) > SHOWN else None,
            "may_register": governs_some(self.actor),
        }
        return self.show(context)

    def rows(self) -> QuerySet[Institution]:
        """Return what was asked for, in the order of registration."""
        given = self.request.GET
        rows = Institution.objects.select_related("region").order_by("pk")
        if text := given.get("q", "").strip()[:60]:
            rows = rows.filter(_matching(text))
        if region := given.get("region", ""):
            rows = rows.filter(region__in=Region.objects.under(region))
        if given.get("grade", "").isdecimal():
            rows = rows.filter(grade=given["grade"])
        if given.get("kind") in ("authority", "ended"):
            rows = rows.filter(is_authority=True) if given["kind"] == "authority" else rows.exclude(ended_on=None)
        after = given.get("after", "")
        return rows.filter(pk__gt=int(after)) if after.isdecimal() and len(after) < 10 else rows


def _matching(text: str) -> Q:
    latin = text.lower().replace(" ", "")
    found = Q(name__contains=text) | Q(short_name__contains=text) | Q(unified_code=text.upper())
    if text.isascii():
        for column in ("initials", "pinyin"):
            found |= Q(**{f"{column}__gte": latin, f"{column}__lt": latin + FIRST_AFTER})
    return found


class OfInstitution(Page):
    """Anything about one institution."""

    @cached_property
    def institution(self) -> Institution:
        rows = Institution.objects.select_related("region")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    @cached_property
    def may_govern(self) -> bool:
        return governs(self.actor, self.institution.region_id)

    @property
    def may_keep(self) -> bool:
        """Say whether the actor keeps the people of this institution: its authority, or its own registrar."""
        own = self.institution.pk == self.actor.institution_id
        return self.may_govern or (own and self.actor.may(*KEEPERS))

    @property
    def may_change(self) -> bool:
        """Say whether the actor changes the facts; where an authority sits decides whom it governs."""
        return self.may_govern if self.institution.is_authority else self.may_keep


class Detail(OfInstitution):
    """`/institutions/<pk>/`."""

    template = "registry/institution.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.institution
        text = request.GET.get("q", "").strip()[:60]
        people = row.practitioners.select_related("department", "subject").order_by("ended_on", "name")
        if text:
            people = people.filter(Q(name__contains=text) | Q(initials__gte=text, initials__lt=text + FIRST_AFTER))
        sources, words = fact_sources(row), row.attestations.select_related("attested_for")
        context = {
            "row": row,
            "category": named("institution-category", row.category),
            "economic_type": named("economic-type", row.economic_type),
            "subjects": row.subjects.select_related("parent").order_by("code"),
            "sources": sources,
            "flags": [
                (column.verbose_name, getattr(row, column.name), sources.get(column.name)) for column in _flags()
            ],
            "departments": row.departments.select_related("subject"),
            "people": people[:MOST_PEOPLE],
            "memberships": row.memberships.select_related("consortium").order_by("-since_on"),
            "sanctions": row.sanctions.prefetch_related("changes"),
            "today": clock.today(),
            "attestations": [(word, condition_title(word.condition)) for word in words[:NEWEST]],
            "successors": row.successors.all(),
            "text": text,
            "may_keep": self.may_keep,
            "may_change": self.may_change,
            "may_govern": self.may_govern,
        }
        return self.show(context)


def _flags() -> list[Any]:
    return [column for column in Institution._meta.concrete_fields if column.name.startswith("has_")]
