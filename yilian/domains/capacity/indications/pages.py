"""The catalogue of indications in pages: what is in use here, one of them with its versions, and keeping them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.domains.capacity.indications import forms, writing
from yilian.domains.capacity.indications.matching import match
from yilian.domains.capacity.models import Direction, Indication
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.flow import Ask
from yilian.registry.codes.search import named
from yilian.registry.models import Consortium
from yilian.registry.pages.noun_form import NounForm


class List(Page):
    """`/indications/`: what is in use at one's institution; with a diagnosis what is meant for it."""

    template = "capacity/indications.html"
    part = "capacity/indications_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        given = request.GET
        direction, diagnosis = given.get("direction", ""), given.get("diagnosis", "")[:20]
        direction = direction if direction in Direction.values else ""
        text = given.get("q", "").strip()[:60]
        found = match(self.actor.institution_id, direction=direction, diagnosis=diagnosis, text=text)
        led = writing.led_by(self.actor) if self.actor.may(*writing.KEEPERS) else []
        closed = Indication.objects.filter(consortium__in=led, is_on=False).select_related("consortium")
        return self.show({
            "found": found,
            "closed": closed,
            "direction": direction,
            "directions": Direction.choices,
            "diagnosis": named("icd-10", diagnosis) if diagnosis else None,
            "text": text,
            "may_keep": bool(led),
        })  # fmt: skip


class _OfIndication(Page):
    @cached_property
    def indication(self) -> Indication:
        found = Indication.objects.select_related("consortium__lead", "subject").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    @cached_property
    def led(self) -> list[Consortium]:
        return writing.led_by(self.actor)

    @property
    def may_keep(self) -> bool:
        """Say whether the actor decides about it: at the lead of its consortium; a default, at any lead."""
        mine = {consortium.pk for consortium in self.led}
        row = self.indication
        return self.actor.may(*writing.KEEPERS) and bool(
            mine if row.consortium_id is None else row.consortium_id in mine
        )

    def insist_keeper(self) -> None:
        """Let only those go on who decide about it; for others there is nothing to change."""
        if not self.may_keep:
            raise Http404(str(self.kwargs["pk"]))


class Detail(_OfIndication):
    """`/indications/<pk>/`: one indication with all its versions."""

    template = "capacity/indication.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.indication
        return self.show({"row": row, "versions": list(row.versions.all()), "may_keep": self.may_keep})


class _Form(NounForm):
    roles = writing.KEEPERS

    def back(self) -> tuple[str, str]:
        return "/indications/", _("转诊指征")

    def choice(self, led: list[Consortium]) -> Ask:
        """Return the question for which consortium of those one leads."""
        choices = tuple((str(one.pk), one.name) for one in led)
        return Ask("consortium", _("医联体"), "choice", choices=choices, initial=choices[0][0])

    def consortium(self, values: dict[str, Any], led: list[Consortium]) -> Consortium | None:
        key = values.pop("consortium", None)
        return next((one for one in led if str(one.pk) == key), None)


class New(_Form):
    """`/indications/new/`: an indication of a consortium that one's institution leads."""

    @cached_property
    def led(self) -> list[Consortium]:
        return writing.led_by(self.actor)

    def admit(self) -> None:
        super().admit()
        if not self.led:
            raise Http404("no consortium led")

    def questions(self) -> tuple[Ask, ...]:
        return (self.choice(self.led), *forms.INDICATION)

    def title(self) -> str:
        return _("新增转诊指征")

    def write(self, values: dict[str, Any]) -> str:
        consortium = self.consortium(values, self.led)
        return writing.add_indication(consortium, by=self.actor, **forms.advice_of(values)).get_absolute_url()


class Edit(_OfIndication, _Form):
    """`/indications/<pk>/edit/`: a new version; of a default, the version of one's own consortium that replaces it."""

    def admit(self) -> None:
        self.insist_keeper()

    def questions(self) -> tuple[Ask, ...]:
        is_default = self.indication.consortium_id is None
        return (self.choice(self.led), *forms.INDICATION) if is_default else forms.INDICATION

    def title(self) -> str:
        return _("核定本医联体的指征") if self.indication.consortium_id is None else _("修改转诊指征")

    def given(self) -> dict[str, Any]:
        return forms.answers_of(self.indication)

    def extra(self) -> dict[str, Any]:
        return {"version": self.request.POST.get("_version", self.indication.version)}

    def write(self, values: dict[str, Any]) -> str:
        row = self.indication
        if row.consortium_id is None:
            consortium = self.consortium(values, self.led)
            key, advice = row.shipped_key, forms.advice_of(values)
            made = writing.add_indication(consortium, by=self.actor, shipped_key=key, **advice)
            return made.get_absolute_url()
        if writing.revise_indication(row, by=self.actor, seen=self.sent_version(), **forms.advice_of(values)):
            messages.success(self.request, _("已存为新版本；原版本仍可查阅"))
        return row.get_absolute_url()


class Switch(_OfIndication):
    """`/indications/<pk>/switch/`: POST only; offer an indication of one's consortium, or no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.insist_keeper()
        if self.indication.consortium_id is None:
            raise Http404(str(pk))
        writing.switch_indication(self.indication, by=self.actor, is_on=request.POST.get("on", "") == "1")
        return HttpResponseRedirect(self.indication.get_absolute_url())
