"""`/live/`: what an open page asks for again when it hears of a change, or every minute when it hears nothing."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from yilian.kernel.pages import menu
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.models import Case, CaseMessage, Happening


class Live(Page):
    """The counts of the menu, and what others did to the case on the screen since it was drawn."""

    def get(self, request: HttpRequest) -> HttpResponse:
        counts = {line.entry.key: line.count for line in menu.lines_for(self.actor, "") if line.entry.badge}
        says = self._says(request) if request.GET.get("case") else ""
        answer = JsonResponse({"counts": counts, "says": says}, json_dumps_params={"ensure_ascii": False})
        answer["Cache-Control"] = "no-store"
        return answer

    def _says(self, request: HttpRequest) -> str:
        """Return what happened to the case as a sentence; nothing for a case that is not there or not theirs."""
        case = _case(request.GET.get("case", ""))
        if case is None:
            return ""
        news = case.history.filter(seq__gt=_number(request.GET.get("version", "")))
        line = news.exclude(actor_id=self.actor.user_id).order_by("-seq").first()
        if line:
            return _step(case, line)
        said = CaseMessage.objects.filter(case_id=case.pk, pk__gt=_number(request.GET.get("said", "")))
        message = said.exclude(author_id=self.actor.user_id).order_by("-pk").first()
        return _message(message) if message else ""


def _step(case: Case, line: Happening) -> str:
    words: dict[str, Any] = {
        "who": line.actor_name,
        "where": line.institution_name,
        "step": case.case_type.step_title(line.verb),
        "state": case.state_title,
    }
    return _("{who}（{where}）刚刚办理了「{step}」，此事项现为「{state}」").format(**words)


def _message(message: CaseMessage) -> str:
    return _("{who}（{where}）刚刚留言").format(who=message.author_name, where=message.institution_name)


def _case(key: str) -> Case | None:
    try:
        return Case.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
