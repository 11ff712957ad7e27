"""参数: what is in force, where it comes from, its history, and changing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.platform import keeps_platform, who_keeps_platform
from yilian.kernel.audit import record
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.regulations.inputs import day
from yilian.kernel.rules.parameter import BadValueError, Parameter, parameters
from yilian.kernel.rules.values import ValueRefused, ValueReserved, history_of, set_value, setting_of, settings_of
from yilian.kernel.workflow.models import Case

READERS = ("admin", "office", "director", "authority", "quality", "secretary")
Scope = dict[str, int | None]


class ChangeForm(forms.Form):
    """A new value, for whom, from when, and on what ground."""

    scope = forms.ChoiceField(label=gettext_lazy("适用范围"))
    inherits = forms.BooleanField(label=gettext_lazy("恢复为上级取值"), required=False)
    value = forms.CharField(label=gettext_lazy("取值"), max_length=200, required=False)
    effective_from = forms.DateField(
        label=gettext_lazy("生效日期"),
        widget=day(),
    )
    ground = forms.CharField(
        label=gettext_lazy("修改依据"), max_length=300, help_text=gettext_lazy("例如会议决议、文件名称和文号")
    )

    def __init__(self, *args: Any, parameter: Parameter, scopes: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.parameter = parameter
        is_whole = any(name == "installation" for name, _title in scopes)
        help_text = "" if is_whole else who_keeps_platform()
        self.fields["scope"] = forms.ChoiceField(label=_("适用范围"), choices=scopes, help_text=help_text)
        if choices := _choices(parameter):
            self.fields["value"] = forms.ChoiceField(label=gettext_lazy("取值"), choices=choices, required=False)
        self.fields["value"].help_text = parameter.unit_title

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("inherits"):
            try:
                self.parameter.accept(given.get("value") or "")
            except BadValueError as bad:
                self.add_error("value", str(bad))
        return given


def _choices(parameter: Parameter) -> list[tuple[str, str]]:
    if isinstance(parameter.default, bool):
        return [("true", _("是")), ("false", _("否"))]
    if parameter.known:
        return [("", parameter.shown("")), *((key, f"{words} {key}") for key, words in parameter.known().items())]
    return [(key, str(title)) for key, title in parameter.choices]


def scopes_of(actor: Actor) -> dict[str, tuple[str, Scope]]:
    """Return what this actor may set: its institution, its consortium, or as a keeper everything."""
    scopes: dict[str, tuple[str, Scope]] = {}
    if actor.may("office", "admin"):
        scopes["institution"] = (actor.institution_name, {"institution_id": actor.institution_id})
    if actor.may("office", "secretary") and actor.consortium_id is not None:
        scopes["consortium"] = (_("本医联体"), {"consortium_id": actor.consortium_id})
    if keeps_platform(actor):
        scopes["installation"] = (_("整个系统"), {})
    return scopes


class Parameters(Page):
    """`/parameters/`: every parameter with the value in force for this post, by group."""

    template = "pages/regulations/parameters.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        groups: dict[str, list[Any]] = {}
        only_open = request.GET.get("open") == "1"
        settings = settings_of(self.actor.institution_id, self.actor.consortium_id)
        for setting in settings:
            if setting.is_unconfirmed or not only_open:
                groups.setdefault(str(setting.parameter.group), []).append(setting)
        unconfirmed = sum(setting.is_unconfirmed for setting in settings)
        context = {"groups": list(groups.items()), "only_open": only_open, "unconfirmed": unconfirmed}
        return self.show(context | {"total": len(settings)})


class ParameterPage(Page):
    """`/parameters/<key>/`: one parameter: source, value in force, history, and the form that changes it."""

    template = "pages/regulations/parameter.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        self.insist(*READERS)
        return self._answer(key, self._form(key) if scopes_of(self.actor) else None)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Set a value from a day on."""
        scopes = scopes_of(self.actor)
        if not scopes:
            self.insist("admin", "office")
        form = self._form(key, request.POST)
        if not form.is_valid():
            return self._answer(key, form, status=422)
        given = form.cleaned_data
        text = None if given["inherits"] else given["value"]
        scope = scopes[given["scope"]][1]
        try:
            row = set_value(
                key,
                text,
                by=self.actor,
                effective_from=given["effective_from"],
                ground=given["ground"],
                institution_id=scope.get("institution_id"),
                consortium_id=scope.get("consortium_id"),
            )
        except ValueRefused as refused:
            form.add_error("scope" if isinstance(refused, ValueReserved) else "effective_from", str(refused))
            return self._answer(key, form, status=422)
        detail = {"key": key, "value": text, "scope": given["scope"]}
        record(self.actor, "changed", object_kind="parameter", object_id=row.pk, ground=row.ground, detail=detail)
        messages.success(request, _("已保存，自 {day} 起生效").format(day=row.effective_from))
        return HttpResponseRedirect(request.path)

    @cached_property
    def parameter(self) -> Parameter:
        found = parameters.get(self.kwargs["key"])
        if found is None:
            raise Http404(self.kwargs["key"])
        return found

    def _form(self, key: str, data: Any = None) -> ChangeForm:
        setting = setting_of(self.parameter.key, self.actor.institution_id, self.actor.consortium_id)
        scopes = [(name, title) for name, (title, _scope) in scopes_of(self.actor).items()]
        initial = {"value": self.parameter.write(setting.value), "effective_from": clock.today()}
        return ChangeForm(data, parameter=self.parameter, scopes=scopes, initial=initial)

    def _answer(self, key: str, form: ChangeForm | None, status: int = 200) -> HttpResponse:
        place = (self.actor.institution_id, self.actor.consortium_id)
        setting = setting_of(self.parameter.key, *place)
        rows = history_of(self.parameter.key, *place)
        deciding = Case.objects.in_bulk([row.case_id for row in rows if row.case_id])
        history = [(row, _shown(self.parameter, row.value), deciding.get(row.case_id)) for row in rows]
        context = {"parameter": self.parameter, "setting": setting, "history": history, "form": form}
        return self.show(context, status=status)


def _shown(parameter: Parameter, value: str | None) -> str:
    return _("恢复为上级取值") if value is None else parameter.shown(parameter.read(value))
