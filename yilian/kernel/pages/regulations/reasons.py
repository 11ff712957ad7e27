"""原因代码: the lists of coded reasons, which bind everybody, and changing one here."""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.platform import keeps_platform, who_keeps_platform
from yilian.kernel.audit import record
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.regulations.inputs import day
from yilian.kernel.rules.models import ReasonCode
from yilian.kernel.rules.reasons import reason_lists

READERS = ("admin", "office", "director", "authority", "quality", "reception")


class ReasonForm(forms.ModelForm):
    """What may be changed of a reason: its words, its days, and whether a comment is wanted."""

    class Meta:
        model = ReasonCode
        fields = ("title", "comment_required", "suggests_next", "valid_from", "valid_until")
        widgets = {
            "valid_from": day(),
            "valid_until": day(),
        }

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("停用日期不能早于启用日期"))
        return given


class Reasons(Page):
    """`/reasons/`: every list with its codes; those no longer valid are marked."""

    template = "pages/regulations/reasons.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        rows = ReasonCode.objects.order_by("list_key", "position", "pk")
        valid = set(ReasonCode.objects.valid(clock.today()).values_list("pk", flat=True))
        lists = [(_title(key), [(row, row.pk in valid) for row in found]) for key, found in groupby(rows, _list_key)]
        return self.show({"lists": lists, "may_change": keeps_platform(self.actor), "keepers": who_keeps_platform()})


class ReasonPage(Page):
    """`/reasons/<id>/`: change one reason; the shipped text no longer overwrites it."""

    template = "pages/regulations/reason.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.insist_on_keeper()
        row = get_object_or_404(ReasonCode, pk=pk)
        return self.show({"row": row, "list_title": _title(row.list_key), "form": ReasonForm(instance=row)})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the change and mark the row as edited here."""
        self.insist_on_keeper()
        row = get_object_or_404(ReasonCode, pk=pk)
        form = ReasonForm(request.POST, instance=row)
        if not form.is_valid():
            context = {"row": row, "list_title": _title(row.list_key), "form": form}
            return self.show(context, status=422)
        form.instance.is_edited = True
        form.save()
        record(self.actor, "changed", object_kind="reason_code", object_id=pk, detail={"fields": form.changed_data})
        messages.success(request, _("已保存"))
        return HttpResponseRedirect("/reasons/")


def _list_key(row: ReasonCode) -> str:
    return row.list_key


def _title(key: str) -> str:
    declared = reason_lists.get(key)
    return str(declared.title) if declared else key
