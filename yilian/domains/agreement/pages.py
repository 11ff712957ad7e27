"""The pages of agreements that generic ones cannot be: one clause to edit, signing by hand, and the verification."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from yilian.domains.agreement.drafting.steps import TEXT, TITLE, stored
from yilian.domains.agreement.library import patterns
from yilian.domains.agreement.models import AgreementState, Clause, Manner
from yilian.domains.agreement.panels import EDITORS, NEGOTIABLE
from yilian.domains.agreement.signing.seals import checked, is_the_copy
from yilian.domains.agreement.wording import Wording
from yilian.kernel.pages import asking
from yilian.kernel.pages.cases import CasePage
from yilian.kernel.pages.taking import FORBIDDEN, Take, errors_of, status_of
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.parties import has_a_hand
from yilian.kernel.workflow.refusals import Reason, Refused
from yilian.registry.certificates import providers
from yilian.registry.clauses import ClauseKind, clause_kinds

NOTE = Ask("note", gettext_lazy("修改理由"), required=False, max_length=500)


class ToClauses(Take):
    """`/agreement/<id>/do/revise/` and its likes: a clause is changed on the page of the agreement, where it reads."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        to = f"{self.case.get_absolute_url()}#card-clauses"
        return HttpResponseClientRedirect(to) if request.htmx else HttpResponseRedirect(to)  # type: ignore[attr-defined]


class EditClause(CasePage):
    """`/agreement/<id>/clause/?id=…`: one clause with the values of its kind; without an id a new one."""

    template = "agreement/clause.html"

    @cached_property
    def row(self) -> Clause | None:
        """The clause, or None for a new one; raises Http404 for one that is not of this agreement."""
        key = self.request.GET.get("id", "")
        if not key:
            return None
        rows = self.case.clauses.filter(is_dropped=False)
        found = rows.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
        if found is None:
            raise Http404(key)
        return found

    @property
    def clause_type(self) -> ClauseKind:
        chosen = self.row.kind if self.row else self.request.GET.get("kind", "general")
        return clause_kinds.get(chosen) or clause_kinds["general"]

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (TITLE, *self.clause_type.asks, TEXT, NOTE)

    def admit(self) -> None:
        """Let in who negotiates this agreement now; for others there is nothing to change."""
        may = self.actor.may(*EDITORS) and has_a_hand(self.case, self.actor.institution_id)
        if not may or self.case.state not in NEGOTIABLE:
            raise Http404(str(self.case.pk))

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        self.admit()
        return self.form(self._given(), {}, [])

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        self.admit()
        raw = asking.sent(self.asks, request.POST)
        if "drop" in request.POST:
            return self._take("drop_clause", raw, {"clause": self.row.pk if self.row else 0, "read": self._read()})
        terms = {ask.name: raw.get(ask.name, "") for ask in self.clause_type.asks}
        said = {"clause_title": raw.get("clause_title", ""), "clause_text": raw.get("clause_text", "")}
        try:
            clean((TITLE, TEXT, NOTE), said | {"note": raw.get("note", "")}, self.actor)
            said["terms"] = json.dumps(stored(self.clause_type, terms, self.actor), ensure_ascii=False)
        except BadAnswersError as bad:
            return self.form(raw, bad.errors, [], 422)
        if self.row:
            return self._take("revise", raw, {**said, "clause": self.row.pk, "read": self._read()})
        return self._take("add_clause", raw, {**said, "clause_kind": self.clause_type.key})

    def form(
        self, given: dict[str, Any], errors: dict[str, str], sentences: list[str], status: int = 200
    ) -> HttpResponse:
        """Show the clause with what was given, and the faults."""
        context = {
            "fields": asking.fields_of(self.asks, self.actor, given, errors),
            "errors": errors,
            "sentences": sentences,
            "row": self.row,
            "read": self._read() or 1,
            "clause_type": self.clause_type,
            "shown": self._shown(),
            "kinds": [] if self.row else list(clause_kinds),
            "library": [] if self.row else [one for one in patterns().values() if one.kind == self.clause_type.key],
        }
        return self.show(self.about() | context, status)

    def _given(self) -> dict[str, Any]:
        pattern = patterns().get(self.request.GET.get("from", ""))
        if self.row:
            return {**self.row.terms, "clause_title": self.row.title, "clause_text": self.row.text}
        if pattern and pattern.kind == self.clause_type.key:
            terms = {name: value for name, value in pattern.terms.items() if name not in ("provider", "institution")}
            return {**terms, "clause_title": pattern.title, "clause_text": pattern.text}
        return {}

    def _read(self) -> int:
        """Return the round that the form was opened with."""
        sent = self.request.POST.get("_read", "")
        return int(sent) if sent.isdecimal() and len(sent) < 6 else (self.row.round if self.row else 0)

    def _shown(self) -> str:
        row = self.row
        return Wording(self.case, [row]).text(row.text, row.kind, row.terms) if row else ""

    def _take(self, verb: str, raw: dict[str, Any], answers: dict[str, Any]) -> HttpResponse:
        try:
            engine.take(self.case, verb, by=self.actor, note=str(raw.get("note") or ""), **answers)
        except Refused as refusal:
            return self.form(raw, {}, [reason.text for reason in refusal.reasons], status_of(refusal))
        step = self.case.case_type.step_title(verb)
        messages.success(self.request, _("{number} 已办理「{step}」").format(number=self.case.number, step=step))
        return HttpResponseRedirect(f"{self.case.get_absolute_url()}#card-clauses")


class Sign(Take):
    """`/agreement/<id>/do/sign/`: the whole text, and below it the place to sign."""

    template = part = "agreement/sign.html"

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(f"/agreement/{self.case.pk}/do/sign/")
        return super().get(request, **address)

    def ask(self, raw: dict[str, Any], reasons: list[Reason], status: int = 200) -> HttpResponse:
        """Show the text and the place to sign; who may not sign now reads why."""
        errors, text = errors_of(reasons), self.case.text
        given = {"signer": self.actor.name} | raw
        shown = _offered(one for one in self.step.asks if one.name != "strokes")
        context = {
            "fields": asking.fields_of(shown, self.actor, given, errors),
            "sentences": [reason.text for reason in reasons if not reason.field],
            "is_open": self.case.state == AgreementState.SIGNING and status != FORBIDDEN,
            "drawn": str(Manner.DRAWN),
            "parties": list(zip_longest(text.get("parties", ()), text.get("particulars", ()), fillvalue="")),
            "strokes_error": errors.get("strokes", ""),
            "key": self.request.POST.get("_key") or uuid.uuid4().hex,
        }
        return self.show(self.about() | context, status)


def _offered(asks: Iterable[Ask]) -> list[Ask]:
    """Return the questions of a signature; that of a certificate only where a provider is declared."""
    if list(providers):
        return list(asks)
    return [
        replace(one, choices=tuple(pair for pair in one.choices if pair[0] != Manner.CERTIFICATE))
        for one in asks
        if one.name != "certificate"
    ]


class Signatures(CasePage):
    """`/agreement/<id>/signatures/`: whether text and signed copies are what was signed; a file may be compared."""

    template = "agreement/verify.html"

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        return self.show(self._context())

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Compare a file with the signed copies; it is not kept."""
        upload = request.FILES.get("file")
        context = self._context()
        if upload is None:
            return self.show(context | {"complaint": _("请选择要核对的文件")}, 422)
        same = [check.signature for check in context["checks"] if is_the_copy(check.signature, upload.chunks())]
        return self.show(context | {"compared": upload.name, "same": same})

    def _context(self) -> dict[str, Any]:
        return self.about() | {"checks": checked(self.case, with_files=True)}
