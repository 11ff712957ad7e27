"""The inbox over all case types, and the lists behind questions."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel import audit, clock
from yilian.kernel.api.body import query
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.narrowing import LIMIT, address
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.reply import reply
from yilian.kernel.api.shapes import brief
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.lookups import lookups

router = Router()
INBOX = (
    Ask("type", _("事项类型"), required=False, help=_("只要这一类事项")),
    Ask("late", _("只要已超时"), "bool", required=False),
    Ask("after", _("晚于"), required=False, help=_("next 已为您填好")),
    LIMIT,
)
SEARCH_LENGTH = 60


@router.get("/inbox", openapi_extra=described(
    _("待办"), tag="worklists", answer="Inbox", query=INBOX, problems=("invalid", "not-found"),
))  # fmt: skip
def inbox(request: ApiRequest) -> HttpResponse:
    """Return the cases that wait for one of the actor's roles, the earliest due first."""
    given = query(request, INBOX, request.actor)
    kind, wanted = given.get("type") or "", given.get("limit") or LIMIT.initial
    if kind and kind not in case_types:
        raise not_found()
    late_by = clock.now() if given.get("late") else None
    skip_to = _place(given.get("after"))
    rows = queries.inbox(request.actor, kind=kind, late_by=late_by, skip_to=skip_to, limit=wanted + 1)
    items, more = rows[:wanted], len(rows) > wanted
    following = address(request, after=_bookmark(items[-1])) if more else None
    return reply({"items": [_line(row) for row in items], "next": following})


@router.get("/lookups/{kind}", openapi_extra=described(
    _("查找选项"), tag="worklists", answer="Lookup", problems=("not-found", "invalid"),
    query=(
        Ask("q", _("名称、拼音首字母或代码"), required=False),
        Ask("source", _("选项的来源"), required=False),
    ),
))  # fmt: skip
def lookup(request: ApiRequest, kind: str) -> HttpResponse:
    """Return at most 20 entries that fit the text; other parameters are the other answers of the form."""
    found = lookups.get(kind)
    if found is None:
        raise not_found()
    context = {name: str(value) for name, value in request.GET.items()}
    if any("\x00" in value for value in context.values()):
        raise refuse("invalid", gettext("参数含有不能保存的字符"))
    text, source = context.pop("q", "").strip()[:SEARCH_LENGTH], context.pop("source", "")
    entries = found.search(request.actor, text, source, context)
    if kind == "patient":
        audit.record(request.actor, "searched", object_kind=kind, detail={"found": len(entries)})
    return reply({"items": [{"value": one.value, "label": one.label, "hint": one.hint} for one in entries]})


def _line(row: queries.Row) -> dict[str, Any]:
    patient = None if row["patient_id"] is None else {"id": row["patient_id"], "name": row["patient_label"]}
    return brief(row) | {"patient": patient}


def _bookmark(row: queries.Row) -> str:
    due = row["due"].isoformat() if row["due"] else ""
    return urlsafe_b64encode(f"{due} {row['id']}".encode()).decode()


def _place(text: str | None) -> queries.Place | None:
    if not text:
        return None
    try:
        due, _space, key = urlsafe_b64decode(text.encode()).decode().partition(" ")
        moment = parse_datetime(due) if due else None
        return queries.Place(moment, UUID(key))
    except ValueError:
        raise refuse("invalid", gettext("参数 after 应取自上一页的 next"), field="after") from None
