"""Filling in the form of a case: a new one, a draft, a copy of an earlier one; kept as a draft or sent at once."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import mask_of
from yilian.kernel.pages import asking
from yilian.kernel.pages.cases import CasePage, KindPage
from yilian.kernel.pages.taking import CONFLICT, answers_of, errors_of, status_of, version_of
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.flow import CLOCK, EDIT, Step
from yilian.kernel.workflow.models import Case, Participation
from yilian.kernel.workflow.refusals import KeyReused, Reason, Refused, StaleVersion

BEGUN = "begun"
"""In the address of a form: the patient it was opened with, when another page has chosen one since."""


@dataclass(frozen=True)
class Offer:
    """A step that sends the form, and under which answers its button is shown ("a=x&b=y|z"; "" for all)."""

    step: Step
    when: str


def offers(kind: CaseType, state: str, actor: Actor) -> list[Offer]:
    """Return the sending steps whose buttons this actor is shown, the main one first."""
    found = []
    for step in sending_steps(kind, state, actor.roles):
        when = step.offered(actor) if step.offered else ""
        if when is not None:
            found.append(Offer(step, when))
    return found


def sending_steps(kind: CaseType, state: str, roles: int) -> list[Step]:
    """Return the steps that complete the form and that a holder of these roles may take, the main one first."""
    steps = [step for step in kind.flow.steps_from(state) if step.completes]
    mine = [step for step in steps if any(party != CLOCK and mask_of(party.roles) & roles for party in step.by)]
    return sorted(mine, key=lambda step: step.style != "primary")


class _Form(KindPage):
    """What filling in a new case and changing a draft share."""

    def form(self, given: dict[str, Any], reasons: list[Reason], *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form, with the reasons against it beside the questions and summed up on top."""
        errors = errors_of(reasons)
        fields = asking.fields_of(self.kind.form, self.actor, given, errors)
        self.template = self.templates("form")
        context = {
            "kind": self.kind,
            "sections": asking.sections_of(fields, _("基本信息")),
            "wrong": [field for field in fields if field.error],
            "reasons": [reason for reason in reasons if not reason.field],
            "key": more.pop("key", "") or self.request.POST.get("_key") or uuid.uuid4().hex,
            "is_bound": self.request.method == "POST",
            "is_stale": status == CONFLICT,
        }
        return self.show(context | more, status)

    def done(self, case: Case, verb: str) -> HttpResponse:
        """Go to the case. A step that must still be asked something opens its dialog there."""
        step = self.kind.flow.step(verb)
        if step and self.asks_more(verb):
            return HttpResponseRedirect(f"{case.get_absolute_url()}?do={verb}")
        said = _("{number} 已办理「{step}」").format(number=case.number, step=step.title) if step else _("草稿已保存")
        messages.success(self.request, said)
        return HttpResponseRedirect(case.get_absolute_url())

    def chosen(self, state: str) -> str:
        """Return the verb of the pressed button when it is one of the steps on offer; "" keeps a draft."""
        verbs = {step.verb for step in sending_steps(self.kind, state, self.actor.roles)}
        wish = self.request.POST.get("_do", "")
        return wish if wish in verbs else ""

    def asks_more(self, verb: str) -> bool:
        """Say whether the step has a question that must be answered; optional ones wait in its dialog."""
        step = self.kind.flow.step(verb)
        return bool(step and any(ask.required for ask in step.asks))


class New(_Form):
    """`/<kind>/new/`; `?from=<id>` copies an earlier case, other parameters fill in the questions of their name.

    Where the case type repeats, `?patient=<id>` copies the last case that the institution opened for this patient.
    """

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        self._admit()
        given = self._copied() | {
            ask.name: request.GET[ask.name] for ask in self.kind.form if request.GET.get(ask.name)
        }
        return self.form(given, [], **self._buttons())

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        self._admit()
        raw = asking.sent(self.kind.form, request.POST)
        verb = self.chosen(self.kind.flow.start)
        send = bool(verb) and not self.asks_more(verb)

        def then(case: Case) -> None:
            engine.take(case, verb, by=self.actor)

        try:
            case = engine.open_case(
                self.kind.key,
                by=self.actor,
                answers=raw,
                key=request.POST.get("_key") or None,
                then=then if send else None,
            )
        except KeyReused as reused:
            text = _("此表单已提交过，编号 {number}。如确需再建一张，请核对内容后再次提交。")
            reasons = [Reason("key", text.format(number=reused.number))]
            return self.form(raw, reasons, status=status_of(reused), key=uuid.uuid4().hex, **self._buttons())
        except Refused as refusal:
            return self.form(raw, refusal.reasons, status=status_of(refusal), **self._buttons())
        return self.done(case, verb)

    def _admit(self) -> None:
        if self.kind.may_open(self.actor.roles) is None:
            raise PermissionDenied

    def _buttons(self) -> dict[str, Any]:
        return {
            "offers": offers(self.kind, self.kind.flow.start, self.actor),
            "title": self.kind.verb_new or _("新建{title}").format(title=self.kind.title),
            "back": f"/{self.kind.key}/",
            "version": "",
            "draft_key": f"{self.kind.key}:new:{self.actor.post_id}:{self._begun_with}",
            "entry_back": f"{self.request.path}?{urlencode({BEGUN: self._begun_with})}",
            "fills": "patient" if self.kind.repeats else "",
        }

    @property
    def _begun_with(self) -> str:
        """The patient for whom the form was opened; who was registered on the way does not make it another form."""
        return self.request.GET.get(BEGUN, self.request.GET.get("patient", ""))

    def _copied(self) -> dict[str, Any]:
        case = self._source()
        if case is None:
            return {}
        copied = {ask.name for ask in self.kind.form if ask.is_copied}
        return {name: value for name, value in answers_of(case, self.kind.form).items() if name in copied}

    def _source(self) -> Case | None:
        """Return the case to start from, if any; raises Http404 for one that the actor does not see."""
        rows = self.kind.model._default_manager.all()
        try:
            if source := self.request.GET.get("from", ""):
                return rows.get(pk=UUID(source))
            patient = self.request.GET.get("patient", "") if self.kind.repeats else ""
            return self._last_of(UUID(patient)) if patient else None
        except (ValueError, self.kind.model.DoesNotExist):
            raise Http404(self.request.get_full_path()) from None

    def _last_of(self, patient_id: UUID) -> Case | None:
        opening = {self.kind.side(party.side).code for party in self.kind.opens}
        mine = Participation.objects.filter(institution_id=self.actor.institution_id, side__in=opening)
        rows = self.kind.model._default_manager.filter(patient_id=patient_id, pk__in=mine.values("case_id"))
        return rows.order_by("-pk").first()


class Edit(_Form, CasePage):
    """`/<kind>/<id>/do/edit/`: change what was filled in, and send it if wished."""

    @cached_property
    def step(self) -> Step:
        found = self.kind.flow.step(EDIT)
        if found is None:
            raise Http404(EDIT)
        return found

    def get(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        if self.case.state not in self.step.sources:
            return HttpResponseRedirect(self.case.get_absolute_url())
        chosen = {ask.name: request.GET[ask.name] for ask in self.kind.form if request.GET.get(ask.name)}
        return self.form(answers_of(self.case, self.kind.form) | chosen, [], **self._buttons())

    def post(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        raw = asking.sent(self.kind.form, request.POST)
        verb = self.chosen(self.case.state)
        version = version_of(request.POST.get("_version", ""))
        try:
            with transaction.atomic():
                case = engine.take(self.case, EDIT, by=self.actor, version=version, **raw)
                if verb and not self.asks_more(verb):
                    case = engine.take(case, verb, by=self.actor)
        except Refused as refusal:
            shown = answers_of(self.find(pk), self.kind.form) if isinstance(refusal, StaleVersion) else raw
            return self.form(shown, refusal.reasons, status=status_of(refusal), **self._buttons())
        return self.done(case, verb)

    def _buttons(self) -> dict[str, Any]:
        return {
            "offers": offers(self.kind, self.case.state, self.actor),
            "title": _("修改 {number}").format(number=self.case.number),
            "back": self.case.get_absolute_url(),
            "version": self.case.version,
            "draft_key": f"{self.case.pk}:{self.case.version}:{self.actor.post_id}",
            "entry_back": self.request.path,
            "case": self.case,
        }
