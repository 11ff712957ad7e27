"""A form for a noun: declared questions, a writer, and every fault beside its field."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from yilian.kernel.pages import asking
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import Ask


def facts_from(values: Mapping[str, Any], model: type[models.Model]) -> dict[str, Any]:
    """Return answers as facts of a model: empty ones as the column keeps emptiness, keys as rows, words as numbers.

    Answers that are no columns stay as they are.
    """
    columns = {field.name: field for field in model._meta.concrete_fields}
    return {name: _fact(columns[name], value) if name in columns else value for name, value in values.items()}


def answers_from(row: models.Model, asks: tuple[Ask, ...]) -> dict[str, Any]:
    """Return what a row answers to the questions that are columns of it."""
    columns = {field.name: field for field in row._meta.concrete_fields}
    found = {ask.name: columns[ask.name].value_from_object(row) for ask in asks if ask.name in columns}
    return {name: str(value) if isinstance(value, bool) else value for name, value in found.items()}


def _fact(column: models.Field, value: Any) -> Any:
    if value is None or value == "":
        return None if column.null else ""
    if isinstance(column, models.ForeignKey):
        return column.remote_field.model._default_manager.get(pk=value)
    return column.to_python(value)


class NounForm(Page):
    """Shows questions, hands good answers to `write`, and goes where that says."""

    template = "registry/form.html"
    roles: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()

    def questions(self) -> tuple[Ask, ...]:
        """Return what is asked."""
        return self.asks

    def title(self) -> str:
        """Return the heading."""
        raise NotImplementedError

    def back(self) -> tuple[str, str]:
        """Return the address and the title of the page this form belongs to."""
        raise NotImplementedError

    def write(self, values: dict[str, Any]) -> str:
        """Write the answers (None for those left empty) and return the address to go to; raises ValidationError."""
        raise NotImplementedError

    def given(self) -> dict[str, Any]:
        """Return what is filled in at first."""
        return {}

    def sent_version(self) -> int | None:
        """Return the version of the row that the form was opened with, or None."""
        text = self.request.POST.get("_version", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None

    def written(self, address: str) -> HttpResponse:
        """Return the answer to a form that was written."""
        return HttpResponseRedirect(address)

    def extra(self) -> dict[str, Any]:
        """Return what else the template needs."""
        return {}

    def admit(self) -> None:
        """Refuse those who may not; raises PermissionDenied or Http404."""
        self.insist(*self.roles)

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        self.admit()
        return self.form(self.given(), {})

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        self.admit()
        raw = asking.sent(self.questions(), request.POST)
        try:
            values = clean(self.questions(), raw, self.actor).values()
            with transaction.atomic():
                return self.written(self.write(values))
        except BadAnswersError as bad:
            return self.form(raw, bad.errors, status=422)
        except ValidationError as refused:
            return self.form(raw, self.beside(refused), status=422)

    def form(self, given: Mapping[str, Any], errors: Mapping[str, str], status: int = 200) -> HttpResponse:
        """Show the form with what was given and the faults; a fault of no field stands above all."""
        fields = asking.fields_of(self.questions(), self.actor, given, errors)
        known = {ask.name for ask in self.questions()}
        context = {
            "title": self.title(),
            "back": self.back(),
            "sections": asking.sections_of(fields, self.title()),
            "wrong": [field for field in fields if field.error],
            "sentences": [text for name, text in errors.items() if name not in known],
        }
        answer = self.show(context | self.extra(), status=status)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def beside(self, refused: ValidationError) -> dict[str, str]:
        """Return the faults a writer found as one sentence for each question."""
        named = refused.message_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.messages}
        return {name: "；".join(sentences) for name, sentences in named.items()}
