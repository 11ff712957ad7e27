"""代办: whom one has named as a substitute, for whom one may act, and acting."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import audit, clock
from yilian.kernel.access import substituting
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.middleware import BEHALF_KEY
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.regulations.inputs import day


class SubstituteForm(forms.Form):
    """Who, from when, until when."""

    deputy = forms.TypedChoiceField(label=gettext_lazy("受托人"), coerce=int)
    since_on = forms.DateField(label=gettext_lazy("自"), widget=day(), initial=clock.today)
    until_on = forms.DateField(label=gettext_lazy("至"), widget=day())

    def __init__(self, *args: Any, actor: Actor, **rest: Any) -> None:
        super().__init__(*args, **rest)
        choices = [("", _("请选择")), *((user.pk, str(user)) for user in substituting.colleagues_of(actor))]
        field = forms.TypedChoiceField(label=gettext_lazy("受托人"), coerce=int, choices=choices)
        self.fields["deputy"] = field


class Substitutes(Page):
    """`/me/substitutes/`: the deputyships of this person at this institution, and a form for another one."""

    template = "pages/substitutes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._answer(SubstituteForm(actor=self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SubstituteForm(request.POST, actor=self.actor)
        if not form.is_valid():
            return self._answer(form, 422)
        given = form.cleaned_data
        try:
            row = substituting.name_substitute(
                by=self.actor, deputy_id=given["deputy"], since_on=given["since_on"], until_on=given["until_on"]
            )
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._answer(form, 422)
        audit.record(self.actor, "changed", object_kind="deputy", object_id=row.pk, detail={"title": str(row)})
        messages.success(request, _("已委托 {name}").format(name=row.deputy))
        return HttpResponseRedirect(reverse("substitutes"))

    def _answer(self, form: SubstituteForm, status: int = 200) -> HttpResponse:
        given, held = substituting.given_by(self.actor), substituting.held_by(self.actor)
        return self.show({"given": given, "held": held, "form": form, "today": clock.today()}, status)


class End(Page):
    """`/me/substitutes/<id>/end/`: POST ends a deputyship that one has given."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = next((row for row in substituting.given_by(self.actor) if row.pk == pk), None)
        if row is None:
            raise Http404(str(pk))
        substituting.end(row)
        audit.record(self.actor, "changed", object_kind="deputy", object_id=pk, detail={"title": str(row)})
        messages.success(request, _("委托已结束"))
        return HttpResponseRedirect(reverse("substitutes"))


class ActFor(Page):
    """`/me/acting/<id>/`: POST begins to act on behalf of the one who gave this deputyship."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = next((row for row in substituting.held_by(self.actor) if row.pk == pk), None)
        if row is None:
            raise Http404(str(pk))
        request.session[BEHALF_KEY] = row.principal_id
        audit.record(self.actor, "switched", object_kind="deputy", object_id=pk, detail={"title": str(row)})
        messages.success(request, _("您现在代 {name} 办理；办理记录会同时写明两人").format(name=row.principal))
        return HttpResponseRedirect("/")


class ActForOneself(Page):
    """`/me/acting/`: POST ends acting for somebody else."""

    needs_post = False

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.session.pop(BEHALF_KEY, None):
            messages.success(request, _("已结束代办，恢复本人身份"))
        return HttpResponseRedirect("/")
