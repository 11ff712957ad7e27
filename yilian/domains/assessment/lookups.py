"""The look-ups of a sheet's steps: its lines, the objections and flags that wait for an answer, and schemes."""

from typing import Any
from uuid import UUID

from yilian.domains.assessment.models import Remark, RemarkKind, Sheet
from yilian.domains.assessment.remarks import unanswered
from yilian.domains.assessment.schemes.keeping import known, titles
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.lookups import Found, Lookup, lookups

MOST = 20
ITEM, OBJECTION, FLAG, SCHEME = "assessment-item", "assessment-objection", "assessment-flag", "assessment-scheme"


def _sheet(context: dict[str, str]) -> Sheet | None:
    try:
        return Sheet.objects.filter(pk=UUID(context.get("case", ""))).first()
    except ValueError:
        return None


def _search_items(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    sheet = _sheet(context)
    items = sheet.period.items if sheet else []
    return [_item(one) for one in items if text.strip() in one["title"] or text.strip() == one["key"]][:MOST]


def _item(item: dict[str, Any]) -> Found:
    return Found(item["key"], item["title"], " · ".join(filter(None, item["path"])))


def _resolve_item(actor: Actor, value: Any, source: str) -> Found | None:
    title = titles().get(str(value))
    return Found(str(value), title) if title else None


def _search_remarks(kind: RemarkKind) -> Any:
    def search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
        sheet = _sheet(context)
        rows = unanswered(sheet, kind).filter(text__icontains=text.strip())[:MOST] if sheet else []
        return [Found(row.pk, row.text[:60], row.by_name) for row in rows]

    return search


def _resolve_remark(actor: Actor, value: Any, source: str) -> Found | None:
    row = Remark.objects.filter(pk=int(value)).first() if str(value).isdecimal() and len(str(value)) < 18 else None
    return Found(row.pk, row.text[:60]) if row else None


def _search_schemes(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    wanted = text.strip()
    return [Found(one.code, one.title, one.code) for one in known().values() if wanted in one.title + one.code][:MOST]


def _resolve_scheme(actor: Actor, value: Any, source: str) -> Found | None:
    one = known().get(str(value))
    return Found(one.code, one.title, one.code) if one else None


lookups.add(Lookup(ITEM, _search_items, _resolve_item))
lookups.add(Lookup(OBJECTION, _search_remarks(RemarkKind.OBJECTION), _resolve_remark))
lookups.add(Lookup(FLAG, _search_remarks(RemarkKind.FLAG), _resolve_remark))
lookups.add(Lookup(SCHEME, _search_schemes, _resolve_scheme))
