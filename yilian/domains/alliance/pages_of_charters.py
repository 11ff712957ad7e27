"""The charter of a consortium: its text by clause, what each version changed, each side's rights and duties."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from yilian.domains.alliance.charter_text import articles, by_side
from yilian.domains.alliance.charters import CharterLine, charters_of
from yilian.kernel import clock
from yilian.kernel.workflow.models import Case
from yilian.registry.consortia import members_of
from yilian.registry.models import Institution
from yilian.registry.pages.consortia import OfConsortium
from yilian.registry.positioning import features_of
from yilian.registry.regulations import S1, S2


class CharterPage(OfConsortium):
    """`/consortia/<id>/charter/`: `?version=2` shows another version, `?against=1` what it changed against a third."""

    template = "alliance/charter.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        line = self._asked("version") or self._in_force()
        against = self._asked("against")
        clauses = line.charter.clauses if line else []
        return self.show(
            {
                "consortium": self.consortium,
                "lines": self.lines,
                "line": line,
                "against": against,
                "articles": articles(clauses, against.charter.clauses if against else None),
                "sides": by_side(clauses),
                "members": self._members(),
                "case": Case.objects.filter(pk=line.charter.case_id).first() if line else None,
                "cites": (S2.article("2.1.2"), S1.article("6")),
            }
        )

    @cached_property
    def lines(self) -> list[CharterLine]:
        return charters_of(self.consortium, clock.today())

    def _in_force(self) -> CharterLine | None:
        return next((line for line in self.lines if line.is_in_force), self.lines[0] if self.lines else None)

    def _asked(self, name: str) -> CharterLine | None:
        text = self.request.GET.get(name, "")
        return next((line for line in self.lines if str(line.charter.version) == text), None)

    def _members(self) -> list[tuple[Institution, list[Any]]]:
        """Return each member of today with what it is known for."""
        keys = [row.institution_id for row in members_of(self.consortium.pk, clock.today())]
        known = features_of(keys)
        return [(one, known.get(one.pk, [])) for one in Institution.objects.filter(pk__in=keys).order_by("pk")]
