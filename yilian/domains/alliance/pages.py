"""The register of consortia, the page of one of them, and the map of grids."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import coverage, records
from yilian.domains.alliance.biography import lives_of, numbers_on
from yilian.domains.alliance.charters import charters_of
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.life import clocks_of
from yilian.domains.alliance.membership_lines import member_lines
from yilian.domains.alliance.menu import GROUP
from yilian.domains.alliance.models import Assessment, Centre, Council, Foundation, Unchanged
from yilian.domains.alliance.overseers import authority_of
from yilian.domains.alliance.register import Wish, counts, lines
from yilian.domains.alliance.register_workbook import HEADS, workbook_of
from yilian.domains.alliance.standing import WORDS, standing_of
from yilian.domains.alliance.timeline import events_of
from yilian.kernel import audit, clock
from yilian.kernel.pages import asking
from yilian.kernel.pages.kinds import used
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.flow import Ask
from yilian.registry.governing import governs_some, insist_governed
from yilian.registry.memberships import register_grid
from yilian.registry.models import Consortium, Region
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.regulations import S2, S3

PREPARING = ("filing", "establishment")
OPENABLE = ("admission", "plaque", "appraisal", "renewal", "charter", "exit", "dissolution")
MOST_CASES = 50


class Register(Page):
    """`/consortia/`: every consortium, its standing and next clock; and what is being prepared, as far as one sees."""

    template = "alliance/register.html"
    part = "alliance/register_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        wish = Wish.read(request.GET, self.actor.institution_id)
        on = clock.today()
        found = lines(wish, on)
        return self.show(
            {
                "lines": found,
                "wish": wish,
                "on": on,
                "kinds": ConsortiumKind.choices,
                "standings": [(standing, word) for standing, (word, _tone) in WORDS.items()],
                "counts": counts(found),
                "query": request.GET.urlencode(),
                "preparing": self._preparing(),
                "openable": [case_types[key] for key in PREPARING if case_types[key].may_open(self.actor.roles)],
                "rare": [kind for kind in used(self.actor) if not kind.in_menu and kind.group == GROUP],
            }
        )

    def _preparing(self) -> list[dict[str, Any]]:
        """Return the open applications this institution takes part in."""
        found = []
        for key in PREPARING:
            kind = case_types[key]
            for row in queries.newest(kind, self.actor, queries.Filter(is_open=True)):
                state = row["state"]
                found.append({"row": row, "kind": kind, "state": kind.state_title(state), "tone": kind.tone(state)})
        return found


class Export(Page):
    """`/consortia/export.xlsx`: the register as it is narrowed. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = lines(Wish.read(request.GET, self.actor.institution_id), clock.today())
        detail = {"rows": len(found), "columns": [str(head) for head in HEADS]}
        audit.record(self.actor, "exported", object_kind="consortium", detail=detail)
        answer = HttpResponse(
            workbook_of(found), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        answer.headers["Content-Disposition"] = f'attachment; filename="consortia-{clock.today():%Y%m%d}.xlsx"'
        return answer


class ConsortiumPage(Page):
    """`/consortia/<id>/`: the whole life of one consortium, its clocks, members, council, plaques and results."""

    template = "alliance/consortium.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit.record(self.actor, "viewed", object_kind="consortium", object_id=self.consortium.pk)
        return self.show(self._life() | self._bodies() | {"consortium": self.consortium, "openable": self._openable()})

    def _life(self) -> dict[str, Any]:
        """Return standing, clocks, events, members and results, as they are today."""
        consortium, on = self.consortium, clock.today()
        life, numbers = lives_of([consortium])[consortium.pk], numbers_on(on)
        cases = records.cases_of(consortium.pk, MOST_CASES)
        return {
            "on": on,
            "standing": WORDS[standing_of(consortium, on)],
            "clocks": [(item, item.days_left(on), item.is_late(on)) for item in clocks_of(life, on, numbers)],
            "events": events_of(consortium, cases, on),
            "members": member_lines(consortium, on),
            "assessments": _assessed(consortium),
            "dimensions": DIMENSIONS,
            "cases": cases,
            "trial": S3 if consortium.kind == ConsortiumKind.SPECIALTY_ALLIANCE else None,
            "trial_is_over": S3.has_lapsed(on),
        }

    def _bodies(self) -> dict[str, Any]:
        """Return who governs the consortium and how it is organised."""
        foundation = Foundation.objects.filter(consortium=self.consortium).first()
        councils = Council.objects.filter(consortium=self.consortium).prefetch_related("seats__institution")
        return {
            "authority": authority_of(self.consortium),
            "foundation": foundation,
            "centres": _titles(Centre, foundation.centres if foundation else []),
            "unchanged": _titles(Unchanged, foundation.unchanged if foundation else []),
            "councils": list(councils),
            "charters": charters_of(self.consortium, clock.today()),
        }

    @cached_property
    def consortium(self) -> Consortium:
        rows = Consortium.objects.select_related("lead__region", "specialty", "grid", "region", "ending")
        found = rows.prefetch_related("coverage").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    def _openable(self) -> list[Any]:
        """Return the case types about a consortium that this person may open, for the buttons."""
        kinds = [case_types[key] for key in OPENABLE]
        return [] if self.consortium.ended_on else [kind for kind in kinds if kind.may_open(self.actor.roles)]


GRID_FORM = (
    Ask("name", _("网格名称"), max_length=80),
    Ask("regions", _("覆盖区划"), "regions"),
    Ask("population", _("常住人口"), "int", required=False, minimum=0),
)


class Grids(Page):
    """`/consortia/grids/`: who answers for which grid, which counties nobody covers; an authority adds grids."""

    template = "alliance/grids.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self._context({}, {}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Register a grid; its regions must lie in the authority's own region."""
        if not governs_some(self.actor):
            raise PermissionDenied(_("网格由卫生健康行政部门划分。"))
        raw = asking.sent(GRID_FORM, request.POST)
        try:
            answers = clean(GRID_FORM, raw, self.actor)
            for code in answers.get("regions"):
                insist_governed(self.actor, code)
            register_grid(
                by=self.actor,
                name=answers.get("name"),
                regions=Region.objects.filter(pk__in=answers.get("regions")),
                population=answers.get("population"),
            )
        except BadAnswersError as bad:
            return self.show(self._context(raw, bad.errors), 422)
        except ValidationError as invalid:
            return self.show(self._context(raw, {"name": _("；").join(invalid.messages)}), 422)
        return HttpResponseRedirect("/consortia/grids/")

    def _context(self, raw: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
        on = clock.today()
        found = coverage.counties(on)
        return {
            "lines": coverage.grid_lines(on),
            "counties": found,
            "open": [county for county in found if county.covered != coverage.Covered.WHOLE],
            "uncovered_population": coverage.population(found, coverage.Covered.NOT),
            "may_add": governs_some(self.actor),
            "fields": asking.fields_of(GRID_FORM, self.actor, raw, errors),
            "cite": S2.article("2.1.1"),
            "errors": errors,
            "complaint": asking.complaint(errors) if errors else "",
        }


def _titles(choices: Any, keys: list[str]) -> list[tuple[str, bool]]:
    """Return (title, whether it is among the keys) of every choice."""
    return [(str(title), key in keys) for key, title in choices.choices]


def _assessed(consortium: Consortium) -> list[dict[str, Any]]:
    rows = Assessment.objects.filter(consortium=consortium).select_related("authority")
    return [{"row": row, "scores": [row.scores.get(one.key) for one in DIMENSIONS]} for row in rows]
