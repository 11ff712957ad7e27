"""`/applying/`: which rule applies between two institutions, why, and what would apply otherwise."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.resolving.resolver import ask
from yilian.kernel import clock
from yilian.kernel.pages import asking
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import Ask
from yilian.registry.models import Institution, Patient

URGENCIES = (("3", _("普通")), ("2", _("加急")), ("1", _("危急")))
DIRECTIONS = (("up", _("上转")), ("down", _("下转")), ("lateral", _("平转")))
ASKS = (
    Ask("sender", _("一方（转出）"), "institution"),
    Ask("receiver", _("另一方（转入）"), "institution"),
    Ask("on", _("日期"), "date"),
    Ask("subject", _("项目或科目"), required=False, max_length=60, help=_("如检查项目、进修；留空则列出全部")),
    Ask("priority", _("紧急程度"), "choice", choices=URGENCIES, required=False),
    Ask("direction", _("转诊方向"), "choice", choices=DIRECTIONS, required=False),
    Ask("patient", _("患者"), "patient", required=False, help=_("填写后先列负责其居住网格的医联体")),
)


class Applying(Page):
    """The question as a form, and every answer below it."""

    template = "agreement/applying.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        given: dict[str, Any] = {one.name: request.GET.get(one.name, "").strip() for one in ASKS}
        is_asked = bool(given["sender"] and given["receiver"])
        given["on"] = given["on"] or clock.today().isoformat()
        errors, found = {}, None
        if is_asked:
            try:
                found = self._resolved(given)
            except BadAnswersError as bad:
                errors = bad.errors
        context = {
            "fields": asking.fields_of(ASKS, self.actor, given, errors),
            "found": found,
            "names": self._names(found) if found else (),
            "errors": errors,
        }
        return self.show(context, 422 if errors else 200)

    def _resolved(self, given: dict[str, Any]) -> Any:
        answers = clean(ASKS, given, self.actor)
        if answers.get("sender") == answers.get("receiver"):
            raise BadAnswersError({"receiver": str(_("请选择两个不同的机构"))})
        patient = answers.get("patient")
        return ask(
            answers.get("sender"),
            answers.get("receiver"),
            answers.get("on"),
            patient=Patient.objects.filter(pk=patient).first() if patient else None,
            subject=answers.get("subject") or "",
            priority=int(answers.get("priority") or 3),
            direction=answers.get("direction") or "",
        )

    def _names(self, found: Any) -> tuple[str, str]:
        names = dict(
            Institution.objects.filter(pk__in=(found.question.sender_id, found.question.receiver_id)).values_list(
                "pk", "name"
            )
        )
        return names[found.question.sender_id], names[found.question.receiver_id]
