"""Taking a step from a page: the dialog that asks, and the answer to a refusal."""

import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from yilian.kernel.pages import asking, uploads
from yilian.kernel.pages.cases import CasePage
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.flow import EDIT, Ask, Step
from yilian.kernel.workflow.gate import wrong_party
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.refusals import NotYours, Reason, Refused, StaleVersion

CONFLICT, FORBIDDEN, UNPROCESSABLE = 409, 403, 422


def answers_of(case: Case, asks: Sequence[Ask]) -> dict[str, Any]:
    """Return what the case answers to some questions, as values."""
    found = {}
    for ask in asks:
        try:
            field = type(case)._meta.get_field(ask.name)
        except FieldDoesNotExist:
            continue
        found[ask.name] = getattr(case, getattr(field, "attname", ask.name))
    names = {ask.name for ask in asks}
    for part in case.case_type.form_parts:
        found |= {name: value for name, value in part.recall(case).items() if name in names}
    return found


def version_of(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None


def errors_of(reasons: list[Reason]) -> dict[str, str]:
    """Return the reasons that belong beside a question."""
    return {reason.field: reason.text for reason in reasons if reason.field}


def status_of(refusal: Refused) -> int:
    """Return the status a refusal is answered with."""
    if isinstance(refusal, StaleVersion):
        return CONFLICT
    return FORBIDDEN if isinstance(refusal, NotYours) else UNPROCESSABLE


class Take(CasePage):
    """`/<kind>/<id>/do/<verb>/`: GET shows the dialog, POST takes the step."""

    template = "pages/step.html"
    part = "pages/step_part.html"

    @cached_property
    def step(self) -> Step:
        found = self.kind.flow.step(self.kwargs["verb"])
        if found is None or found.verb == EDIT or not self.people:
            raise Http404(self.kwargs["verb"])
        return found

    @property
    def people(self) -> bool:
        """Whether anybody but the clock takes this step."""
        found = self.kind.flow.step(self.kwargs["verb"])
        return found is not None and not (found.is_clock and len(found.by) == 1)

    def get(self, request: HttpRequest, kind: str, pk: UUID, verb: str) -> HttpResponse:
        strange = wrong_party(self.kind, self.step, self.actor, self.case.taking_part())
        if strange:
            return self.ask({}, [strange], FORBIDDEN)
        standing = [ask for ask in self.step.asks if ask.stands or self.step.partial]
        return self.ask(answers_of(self.case, standing), [])

    def post(self, request: HttpRequest, kind: str, pk: UUID, verb: str) -> HttpResponse:
        raw = asking.sent(self.step.asks, request.POST)
        try:
            with transaction.atomic():
                files = uploads.attached(self.case, self.step.asks, request.FILES, by=self.actor)
                case = engine.take(
                    self.case,
                    self.step.verb,
                    by=self.actor,
                    version=version_of(request.POST.get("_version", "")),
                    note=request.POST.get("_note", "").strip(),
                    key=request.POST.get("_key") or None,
                    **(raw | files),
                )
        except Refused as refusal:
            return self.ask(raw, refusal.reasons, status_of(refusal))
        messages.success(request, _("{number} 已办理「{step}」").format(number=case.number, step=self.step.title))
        return self.leave(case)

    def ask(self, raw: dict[str, Any], reasons: list[Reason], status: int = 200) -> HttpResponse:
        """Show the dialog, with what was sent before and the reasons against it."""
        errors = errors_of(reasons)
        context = self.about() | {
            "step": self.step,
            "fields": asking.fields_of(self.step.asks, self.actor, raw, errors, side=self._side()),
            "reasons": [reason for reason in reasons if not reason.field],
            "note": self.request.POST.get("_note", ""),
            "note_error": errors.get("note", ""),
            "key": self.request.POST.get("_key") or uuid.uuid4().hex,
            "is_stale": status == CONFLICT,
            "clashes": self._clashes(raw) if status == CONFLICT else [],
            "is_closed": status == FORBIDDEN,
        }
        return self.show(context, status)

    def _clashes(self, raw: dict[str, Any]) -> list[tuple[Ask, str, str]]:
        """Return the texts that stand in the case now beside those that were sent, where somebody else was first."""
        asks = [ask for ask in self.step.asks if ask.kind == "longtext" and (ask.stands or self.step.partial)]
        there = answers_of(self.case, asks)
        found = [(ask, str(there.get(ask.name) or ""), str(raw.get(ask.name) or "")) for ask in asks]
        return [(ask, theirs, mine) for ask, theirs, mine in found if theirs.split() != mine.split()]

    def leave(self, case: Case) -> HttpResponse:
        """Go back to the case, or to the list when the step has taken it out of sight."""
        still_seen = type(case)._default_manager.filter(pk=case.pk).exists()
        address = case.get_absolute_url() if still_seen else f"/{self.kind.key}/"
        if getattr(self.request, "htmx", False):
            return HttpResponseClientRedirect(address)
        return HttpResponseRedirect(address)

    def _side(self) -> str | None:
        """The side on which the actor takes this step, which narrows the reasons they may give."""
        mine = {row.side for row in self.case.taking_part() if row.institution_id == self.actor.institution_id}
        sides = [party.side for party in self.step.by if party.side in {side.key for side in self.kind.sides}]
        return next((key for key in sides if self.kind.side(key).code in mine), None)
